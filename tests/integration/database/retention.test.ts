import { getTableName, sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { expect } from "vitest";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { RETENTION } from "~/domain/retention/terms.server";
import { aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/**
 * Writes one row of a kind, named by `mark`, whose time runs from `since`; and asks what of it is still
 * there.
 */
type Kind = Readonly<{
  plant: (mark: string, since: Date, by: string) => ReturnType<Sql>;
  left: (mark: string) => ReturnType<Sql>;
}>;

const later = (since: Date, days: number) => new Date(since.getTime() + days * 86_400_000);
const A_YEAR = 365;

/** Each kind of `RETENTION` that a bite takes, as the database keeps it. */
const kinds = (owner: Sql): Readonly<Record<string, Kind>> => ({
  sessions: {
    plant: (mark, since, by) =>
      owner`insert into session (id, user_id, expires_at, created_at, last_seen_at) values (${mark}, ${by}, ${since}, ${later(since, -1)}, ${later(since, -1)})`,
    left: (mark) => owner`select 1 from session where id = ${mark}`,
  },
  links: {
    plant: (mark, since, by) =>
      owner`insert into one_time_link (id, user_id, purpose, token_hash, created_at, expires_at, closed_at, closed_why) values (gen_random_uuid(), ${by}, 'password', ${mark}, ${later(since, -0.5)}, ${since}, ${since}, 'used')`,
    left: (mark) => owner`select 1 from one_time_link where token_hash = ${mark}`,
  },
  codes: {
    plant: (mark, since) =>
      owner`insert into entry_code (id, contact_kind, contact_sealed, contact_hash, code_hash, token_hash, created_at, expires_at) values (gen_random_uuid(), 'phone', 'v1:planted', ${mark}, ${mark}, ${mark}, ${later(since, -0.005)}, ${since})`,
    left: (mark) => owner`select 1 from entry_code where token_hash = ${mark}`,
  },
  steps: {
    plant: (mark, since, by) =>
      owner`insert into sign_in_step (id, user_id, token_hash, created_at, expires_at) values (gen_random_uuid(), ${by}, ${mark}, ${later(since, -0.005)}, ${since})`,
    left: (mark) => owner`select 1 from sign_in_step where token_hash = ${mark}`,
  },
  challenges: {
    plant: (mark, since, by) =>
      owner`with lasting as (insert into session (id, user_id, expires_at, created_at, last_seen_at) values (${mark}, ${by}, ${later(since, A_YEAR)}, ${since}, ${since}) returning id)
        insert into passkey_challenge (id, user_id, purpose, challenge_hash, session_id, created_at, expires_at) select gen_random_uuid(), ${by}, 'confirm', ${mark}, id, ${later(since, -0.003)}, ${since} from lasting`,
    left: (mark) => owner`select 1 from passkey_challenge where challenge_hash = ${mark}`,
  },
  "invitations.addresses": {
    plant: (mark, since, by) =>
      owner`insert into invitation (id, mail_sealed, mail_hash, role, scope_kind, token_hash, invited_by, created_at, expires_at) values (gen_random_uuid(), 'v1:x', ${mark}, 'admin', 'city', ${mark}, ${by}, ${later(since, -0.5)}, ${since})`,
    left: (mark) =>
      owner`select 1 from invitation where token_hash = ${mark} and (closed_at is null or mail_sealed is not null or mail_hash is not null)`,
  },
  invitations: {
    plant: (mark, since, by) =>
      owner`insert into invitation (id, role, scope_kind, token_hash, invited_by, created_at, expires_at, closed_at, closed_why) values (gen_random_uuid(), 'admin', 'city', ${mark}, ${by}, ${later(since, -0.5)}, ${since}, ${since}, 'withdrawn')`,
    left: (mark) => owner`select 1 from invitation where token_hash = ${mark}`,
  },
  tries: {
    plant: (mark, since) =>
      owner`insert into rate_counter (key, window_start, hits) values (${mark}, ${since}, 1)`,
    left: (mark) => owner`select 1 from rate_counter where key = ${mark}`,
  },
  requests: {
    plant: (mark, since, by) =>
      owner`insert into request_key (actor_id, key, command, input_hash, result_sealed, created_at) values (${by}, ${mark}, 'aTest', 'x', 'v1:x', ${since})`,
    left: (mark) => owner`select 1 from request_key where key = ${mark}`,
  },
  imports: {
    // Known by how many rows it has: it holds no words.
    plant: (mark, since, by) =>
      owner`insert into import_job (id, town_code, owner_id, state, total, without_age, run_at, created_at, ended_at) select gen_random_uuid(), code, ${by}, 'stopped', ${mark.length}, 0, ${since}, ${since}, ${since} from town order by code limit 1`,
    left: (mark) => owner`select 1 from import_job where total = ${mark.length}`,
  },
  "letters.addresses": {
    plant: (mark, since) =>
      owner`insert into message (id, once_key, channel, template, locale, to_sealed, link_sealed, created_at) values (gen_random_uuid(), ${mark}, 'mail', 'invited', 'en', 'v1:x', 'v1:x', ${since})`,
    left: (mark) =>
      owner`select 1 from message where once_key = ${mark} and (to_sealed is not null or link_sealed is not null)`,
  },
  letters: {
    plant: (mark, since) =>
      owner`insert into message (id, once_key, channel, template, locale, created_at) values (gen_random_uuid(), ${mark}, 'mail', 'invited', 'en', ${since})`,
    left: (mark) => owner`select 1 from message where once_key = ${mark}`,
  },
  work: {
    plant: (mark, since) =>
      owner`insert into outbox (id, journal_id, handler, state, run_at) select gen_random_uuid(), id, ${mark}, 'done', ${since} from journal order by id limit 1`,
    left: (mark) => owner`select 1 from outbox where handler = ${mark}`,
  },
  "payments.events": {
    plant: (mark, since) =>
      owner`insert into stripe_event (id, type, object_id, payload, received_at, outcome, handled_at) values (${mark}, 'x', 'x', '{}', ${since}, 'handled', ${since})`,
    left: (mark) => owner`select 1 from stripe_event where id = ${mark}`,
  },
  callBacks: {
    plant: (mark, since, by) =>
      owner`insert into call_back (id, code, town_code, way, asked_for, state, asked_sealed, opened_by, opened_at, created_at, outcome, closed_by, closed_at) values (gen_random_uuid(), ${mark}, '442000001', 'call', 'myself', 'done', 'v1:', ${by}, ${since}, ${later(since, -1)}, 'answered', ${by}, ${since})`,
    left: (mark) => owner`select 1 from call_back where code = ${mark} and asked_sealed is not null`,
  },
  "handovers.answers": {
    plant: (mark, since) =>
      owner`insert into finder_handover (id, code_hash, answers_sealed, created_at, expires_at) values (gen_random_uuid(), ${mark}, 'v1:x', ${later(since, -30)}, ${since})`,
    left: (mark) =>
      owner`select 1 from finder_handover where code_hash = ${mark} and answers_sealed is not null`,
  },
  handovers: {
    plant: (mark, since) =>
      owner`insert into finder_handover (id, code_hash, created_at, expires_at) values (gen_random_uuid(), ${mark}, ${later(since, -30)}, ${since})`,
    left: (mark) => owner`select 1 from finder_handover where code_hash = ${mark}`,
  },
  "uses.addresses": {
    plant: (mark, since) =>
      owner`insert into portal_use (id, at, kind, what, address) values (gen_random_uuid(), ${since}, 'sign_in_failed', ${mark}, '2001:db8:1:2:3:4:5:6')`,
    left: (mark) =>
      owner`select 1 from portal_use where what = ${mark} and text(address) <> '2001:db8:1:2::/64'`,
  },
  uses: {
    plant: (mark, since) =>
      owner`insert into portal_use (id, at, kind, what, address) values (gen_random_uuid(), ${since}, 'sign_in_failed', ${mark}, '203.0.113.0/24')`,
    left: (mark) => owner`select 1 from portal_use where what = ${mark}`,
  },
});

const manyDone = (owner: Sql, count: number) =>
  owner`insert into outbox (id, journal_id, handler, state, run_at) select gen_random_uuid(), j.id, 'a' || repeat('x', n % 40) || chr(97 + n / 40), 'done', '2020-01-01'
    from (select id from journal order by id limit 1) j, generate_series(0, ${count - 1}::int) n`;
const doneLeft = (world: World) =>
  world.db
    .execute(sql`select 1 from outbox where state = 'done' and run_at < '2021-01-01'`)
    .then((rows) => rows.length);

test("each kind goes once its time is over, and not a minute before", async ({ db, owner }) => {
  const world = aWorld(db);
  const { userId } = await aDonor(world);
  const planted = kinds(owner);
  expect(RETENTION.filter((kind) => !("clock" in kind)).map(({ name }) => name)).toEqual(
    Object.keys(planted),
  );
  const MINUTE = 60_000;
  for (const kind of RETENTION) {
    const of = planted[kind.name];
    if (!of) continue;
    const days = "limit" in kind.term ? LIMIT_DEFAULTS[kind.term.limit] : kind.term.days;
    const edge = later(world.clock.now(), -days).getTime();
    await of.plant("over", new Date(edge - MINUTE), userId);
    await of.plant("young", new Date(edge + MINUTE), userId);
    await forgetOverdue(world.system);
    expect(
      [(await of.left("over")).length, (await of.left("young")).length],
      `${kind.name}, after ${days} days`,
    ).toEqual([0, 1]);
    await owner.unsafe(
      `truncate ${["session", "one_time_link", "passkey_challenge", "sign_in_step", "entry_code", "invitation", "rate_counter", "message", "outbox", "stripe_event", "call_back", "finder_handover", "portal_use", "import_note", "import_row", "import_job"].join(", ")}`,
    );
  }

  expect(world.faults).toEqual([]);
});

test("what waits, was set aside, refused or accepted stays, however old it is; so does all evidence", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { userId } = await aDonor(world);
  const old = later(world.clock.now(), -10 * A_YEAR);
  await owner`insert into outbox (id, journal_id, handler, state, run_at) select gen_random_uuid(), id, state, state, ${old} from (select id from journal order by id limit 1) j, unnest(array['waiting', 'dead']) state`;
  await owner`insert into stripe_event (id, type, object_id, payload, received_at, outcome, handled_at) values ('refused', 'x', 'x', '{}', ${old}, 'refused', ${old}), ('waiting', 'x', 'x', '{}', ${old}, 'waiting', null)`;
  const other = await aDonor(world);
  await owner`insert into invitation (id, role, scope_kind, token_hash, invited_by, created_at, expires_at, closed_at, closed_why, accepted_by) values (gen_random_uuid(), 'admin', 'city', 'accepted', ${userId}, ${old}, ${later(old, 0.5)}, ${old}, 'accepted', ${other.userId})`;
  const counts = () =>
    owner`select (select count(*) from journal) as journal, (select count(*) from setting) as settings, (select count(*) from outbox where state <> 'done') as work, (select count(*) from stripe_event) as events, (select count(*) from invitation) as invitations`;
  const before = [...(await counts())];
  world.clock.advance({ days: 20 * A_YEAR });
  await forgetOverdue(world.system);
  expect([...(await counts())]).toEqual(before);
  expect(world.faults).toEqual([]);
});

test("many rows go in small bites until none is left, and at most so many bites in one run", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  await aDonor(world);
  await manyDone(owner, 700);
  await forgetOverdue(world.system, { bite: 100, bites: 3 });
  expect(await doneLeft(world)).toBe(400);
  await forgetOverdue(world.system, { bite: 100 });
  expect(await doneLeft(world)).toBe(0);
});

test("two runs at once forget everything once; one kind that fails keeps none behind it", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const { userId } = await aDonor(world);
  await manyDone(owner, 300);
  const gone = await Promise.all([
    forgetOverdue(world.system, { bite: 20 }),
    forgetOverdue(world.system, { bite: 20 }),
  ]);
  expect(await doneLeft(world)).toBe(0);
  expect(gone[0] + gone[1]).toBe(300);

  const old = later(world.clock.now(), -A_YEAR);
  const planted = kinds(owner);
  await owner`create trigger stuck before delete on session for each statement execute function refuse_change()`;
  for (const of of Object.values(planted)) await of.plant("stuck", old, userId).catch(() => undefined);
  await forgetOverdue(world.system);
  expect(world.faults.map(({ work, id }) => [work, id])).toEqual([["forgetOverdue", "sessions"]]);
  for (const { name, table } of RETENTION)
    if (getTableName(table) !== "session" && planted[name])
      expect(await planted[name].left("stuck"), name).toHaveLength(0);
});
