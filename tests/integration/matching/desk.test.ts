import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect } from "vitest";
import { candidatesFor, freeLots } from "~/domain/matching/candidates.server";
import { matchingPage } from "~/domain/matching/queries.server";
import { lots } from "~db/schema/books";
import { needLines, publicNeeds } from "~db/schema/needs";
import { aFreeLot, aProposal } from "../../factories/matching";
import { aPublishedWish } from "../../factories/needs";
import { aTeam, GUZHEN, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const days = (count: number) => count * 86_400_000;

async function waiting(world: World, team: Team, since: number, quantity = 1n, objectKind = "bag") {
  const wish = await aPublishedWish(world, team, { lines: [{ quantity, objectKind }], heads: 100 });
  await world.db
    .update(publicNeeds)
    .set({ waitingSince: new Date(world.clock.now().getTime() - days(since)) })
    .where(eq(publicNeeds.needId, wish.needId));
  return wish;
}

test("every point of a score has its reason, and the best line comes first: waiting by the week up to five, the same town, wholly met, expiring soon", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const { lot } = await aFreeLot(world, team, { quantity: 10n, objectKind: "bag", bestBefore: "2026-05-01" });
  const old = await waiting(world, elsewhere, 100, 12n);
  const near = await waiting(world, team, 6, 10n);
  const nearer = await waiting(world, team, 8, 11n);
  const { rows } = await candidatesFor(world.as(team.operator), lot.id);
  expect(rows.map(({ line, score, reasons }) => ({ line: line.id, score, reasons }))).toEqual([
    { line: old.line.id, score: 7, reasons: { waiting: 5, expires_soon: 2 } },
    { line: near.line.id, score: 7, reasons: { same_town: 3, whole_need: 2, expires_soon: 2 } },
    { line: nearer.line.id, score: 6, reasons: { waiting: 1, same_town: 3, expires_soon: 2 } },
  ]);
  await aProposal(world, team, lot.id, near.line.id, 5n);
  // Half of it is kept, and half of that line is held: both count for what is left.
  const after = await candidatesFor(world.as(team.operator), lot.id);
  expect(after.rows.find(({ line }) => line.id === near.line.id)).toMatchObject({
    score: 7,
    line: { open: 5n },
  });
});

test("goods that keep long get no point for expiring, and what is past its date is offered to nobody", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const long = await aFreeLot(world, team, { quantity: 1n, objectKind: "quilt", bestBefore: "2027-03-01" });
  const soon = await aFreeLot(world, team, { quantity: 1n, objectKind: "quilt", bestBefore: "2026-03-10" });
  await waiting(world, team, 0, 1n, "quilt");
  const reasons = async (lotId: string) =>
    (await candidatesFor(world.as(team.operator), lotId)).rows.map((row) => row.reasons);
  expect(await reasons(long.lot.id)).toEqual([{ same_town: 3, whole_need: 2 }]);
  expect(await reasons(soon.lot.id)).toEqual([{ same_town: 3, whole_need: 2, expires_soon: 2 }]);
  world.clock.advance({ days: 9 });
  await expect(reasons(soon.lot.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("at a hundred times the size the best line is found among all, page by page, in as many statements as for one lot", async ({
  db,
  owner,
  databaseUrl,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { lot } = await aFreeLot(world, team, { quantity: 5n, objectKind: "wheelchair" });
  const wish = await waiting(world, team, 20, 3n, "wheelchair");
  const counted: string[] = [];
  const client = postgres(databaseUrl, { max: 2, fetch_types: false });
  const loud = {
    ...world.as(team.operator),
    db: drizzle(client, {
      logger: { logQuery: (query) => void counted.push(query) },
    }) as unknown as World["db"],
  };
  await matchingPage(loud);
  counted.splice(0);
  await matchingPage(loud);
  const forOne = counted.splice(0).length;

  // 300 lots and 600 lines beside them, as use cases would write them but for their journal.
  await owner.unsafe(`
    insert into need (id, code, kind, state, town_code, household_id, filed_by, verified_by, verified_at, published_by, published_at, filed_at, created_at)
    select gen_random_uuid(), 'W-TEST-' || n, kind, state, '${GUZHEN}', household_id, filed_by, verified_by, verified_at, published_by, published_at, filed_at, created_at
    from need, generate_series(1, 600) n where id = '${wish.needId}';
    insert into need_line (id, need_id, position, kind, object_kind, item_hans, item_hant, unit_code, unit_price_fen, requested, accepts)
    select gen_random_uuid(), n.id, 1, l.kind, l.object_kind, l.item_hans, l.item_hant, l.unit_code, l.unit_price_fen, 3, true from need n, need_line l
    where n.code like 'W-TEST-%' and l.id = '${wish.line.id}';
    insert into public_need (need_id, code, kind, title_hans, title_hant, story_hans, story_hant, town_code, line_kind, object_kind, verified_at, verified_role, published_at, waiting_since, is_open, gap, search_text, age_band, public_group)
    select n.id, n.code, p.kind, p.title_hans, p.title_hant, p.story_hans, p.story_hant, n.town_code, p.line_kind, p.object_kind, p.verified_at, p.verified_role, p.published_at,
      timestamptz '2026-03-01T00:00:00Z' + (row_number() over (order by n.code)) * interval '1 second', true, gap_of(n.id), p.search_text, p.age_band, p.public_group
    from need n, public_need p where n.code like 'W-TEST-%' and p.need_id = '${wish.needId}';
    insert into lot (id, label, inspection_id, offer_id, split_from, object_kind, unit_code, point_id, quantity, value_basis, created_at)
    select gen_random_uuid(), 'L-TEST-' || n, inspection_id, offer_id, id, object_kind, unit_code, point_id, 5, 'not_valued', created_at from lot, generate_series(1, 300) n where id = '${lot.id}';
    insert into lot_stock (lot_id, place, quantity) select id, 'point:' || point_id, 5 from lot where label like 'L-TEST-%';
  `);
  const page = await matchingPage(loud);
  expect(counted.splice(0)).toHaveLength(forOne);
  expect(page.lots.rows).toHaveLength(20);
  expect(page.lots.next).toBe(page.lots.rows[19]?.lot.id);
  for (const row of page.lots.rows.filter(({ kind }) => kind.code === "wheelchair")) {
    expect(row.candidates.map(({ need }) => need.code)[0]).toBe(wish.code);
    expect(row.candidates).toHaveLength(5);
    expect(row.more).toBe(true);
  }

  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const part: Awaited<ReturnType<typeof candidatesFor>> = await candidatesFor(
      world.as(team.operator),
      lot.id,
      after,
    );
    seen.push(...part.rows.map(({ line }) => line.id));
    if (!part.next) break;
    after = part.next;
  }

  expect(seen).toHaveLength(601);
  expect(new Set(seen).size).toBe(601);
  expect(seen[0]).toBe(wish.line.id);
  const lines = await db
    .select({ id: needLines.id })
    .from(needLines)
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needLines.needId))
    .where(sql`${publicNeeds.code} like 'W-TEST-%'`)
    .orderBy(publicNeeds.waitingSince);
  expect(seen.slice(1)).toEqual(lines.map(({ id }) => id));

  const walked: string[] = [];
  for (let after: string | undefined; ;) {
    const part: Awaited<ReturnType<typeof freeLots>> = await freeLots(world.system, { after });
    walked.push(...part.rows.map((row) => row.lot.id));
    if (!part.next) break;
    after = part.next;
  }

  const all = await db
    .select({ id: lots.id })
    .from(lots)
    .where(
      sql`${lots.lineId} is null and (${lots.bestBefore} is null or ${lots.bestBefore} >= '2026-03-02')`,
    );
  expect(new Set(walked)).toEqual(new Set(all.map(({ id }) => id)));
  expect(walked).toHaveLength(all.length);
  await client.end();
});
