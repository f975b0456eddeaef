import { desc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { ALL_CHECKS, eachCheck, runChecks } from "~/domain/checks.server";
import { type Check, firstIdAt } from "~/domain/kernel/checks";
import { connect } from "~db/client";
import { journal } from "~db/schema/journal";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { checks } from "../../support/checking";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const HOLDS: Check = {
  name: "test.holds",
  guarantees: "nothing",
  examined: sql`select 3 as examined`,
  violations: sql`select 'x' as what where false`,
};

test("a check that takes longer than a statement may, and one that fails, are named and do not hold; those behind them are run", async ({
  databaseUrl,
}) => {
  const slow = { ...HOLDS, name: "test.slow", violations: sql`select pg_sleep(30)::text as what` };
  const slowToCount = {
    ...HOLDS,
    name: "test.slow_to_count",
    examined: sql`select count(pg_sleep(30)) as examined`,
  };
  const failing = { ...HOLDS, name: "test.failing", violations: sql`select (1 / 0)::text as what` };
  const { db, close } = connect(databaseUrl, { max: 1, statementMs: 200 });
  const results = await runChecks(db, [slow, slowToCount, failing, HOLDS]);
  await close();
  expect(results.map(({ name, finished, wrong }) => [name, finished, wrong.length])).toEqual([
    ["test.slow", false, 1],
    ["test.slow_to_count", false, 1],
    ["test.failing", false, 1],
    ["test.holds", true, 0],
  ]);
  expect(results[0]?.wrong[0]).toContain("test.slow: could not finish (it took longer");
  expect(results[2]?.wrong[0]).toContain("test.failing: could not finish (22012)");
});

test("of checks that run side by side each is told once, as soon as it is known, and a slow one holds up no other", async ({
  databaseUrl,
}) => {
  const slow = { ...HOLDS, name: "test.slow", violations: sql`select pg_sleep(30)::text as what` };
  const quick = ["one", "two", "three", "four"].map((name) => ({ ...HOLDS, name: `test.${name}` }));
  const { db, close } = connect(databaseUrl, { max: 2, statementMs: 2_000 });
  const told: string[] = [];
  for await (const { name } of eachCheck(db, [slow, ...quick], undefined, 2)) told.push(name);
  await close();
  expect(told).toEqual([...quick.map(({ name }) => name), "test.slow"]);
});

test(
  "npm run checks says each line as it comes, names what could not finish, and ends as a failure",
  { timeout: 60_000 },
  async ({ databaseUrl, owner }) => {
    const last = ALL_CHECKS.at(-1)?.name ?? "";
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    // Whoever asks for follow-ups waits, for longer than a statement may.
    const holding = owner.begin(async (tx) => {
      await tx`lock table follow_up in access exclusive mode`;
      await held;
    });
    const pieces: string[] = [];
    const { code, said } = await checks(databaseUrl, { CHECKS_STATEMENT_SECONDS: "1" }, (piece) =>
      pieces.push(piece),
    ).finally(letGo);
    await holding;
    expect(said).toMatch(/^FAIL .* referral\.\w+ .*\n {7}referral\.\w+: could not finish \(it took longer/m);
    expect(said).toMatch(/^\d+ hold, 0 broken, [1-9]\d* could not finish$/m);
    // All of them were told, the last of the list too, though the one that waited was told behind it.
    expect(said.match(/^(?:ok {2}|FAIL) /gm)).toHaveLength(ALL_CHECKS.length);
    expect(said).toMatch(new RegExp(`^ok .* ${last.replace(".", "\\.")} `, "m"));
    expect(said).toContain(` ${ALL_CHECKS.length}/${ALL_CHECKS.length} `);
    expect(code).toBe(1);
    // The first line was there long before the last.
    expect(pieces[0]).toMatch(/^ok +1\//);
    expect(pieces.findIndex((piece) => piece.includes("could not finish\n"))).toBeGreaterThan(2);
  },
);

test(
  "where everything holds npm run checks ends well, and says from where the next run may go on, on a replica too",
  { timeout: 60_000 },
  async ({ databaseUrl }) => {
    const { code, said } = await checks(databaseUrl);
    expect(said).toContain(`\n${ALL_CHECKS.length} hold, 0 broken, 0 could not finish\n`);
    expect(code).toBe(0);
    // From where it says, on what takes no writing, as a replica does not.
    const [, from = ""] = /^The next run may be: npm run checks -- since (\S+)$/m.exec(said) ?? [];
    const replica = new URL(databaseUrl);
    replica.searchParams.set("default_transaction_read_only", "on");
    const next = await checks(replica.href, {}, undefined, ["since", from]);
    expect(next).toMatchObject({
      code: 0,
      said: expect.stringContaining(
        `\n${ALL_CHECKS.length} hold, 0 broken, 0 could not finish\nThe next run may be: `,
      ) as string,
    });
  },
);

test(
  "npm run checks says what it was asked wrongly: no moment, no database, a limit that is none",
  { timeout: 60_000 },
  async ({ databaseUrl }) => {
    const from = "2026-03-01";
    for (const args of [
      ["since"],
      ["since", "yesterday"],
      ["since", "2999-01-01"],
      ["until", from],
      ["since", from, from],
    ])
      expect(await checks(databaseUrl, {}, undefined, args)).toMatchObject({
        code: 2,
        said: expect.stringContaining("npm run checks -- since MOMENT") as string,
      });
    for (const [url, env, words] of [
      ["", {}, "DATABASE_URL is missing"],
      [databaseUrl, { CHECKS_STATEMENT_SECONDS: "soon" }, "no whole number of seconds"],
    ] as const) {
      const refused = await checks(url, env);
      expect(refused.code).toBe(2);
      expect(refused.said).toContain(words);
    }
  },
);

const momentOf = (id: string): Date => new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));

test("since a moment the checks that go through much look at what the journal tells of since then; every other one is whole", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const before = await aPublishedWish(world, team);
  const after = await aPublishedWish(world, team);
  const [first] = await db
    .select({ id: journal.id })
    .from(journal)
    .where(eq(journal.entityId, after.needId))
    .orderBy(journal.entityVersion)
    .limit(1);
  const since = momentOf(first?.id ?? "");
  expect(
    (first?.id ?? "") >= firstIdAt(since) && (first?.id ?? "") < firstIdAt(new Date(since.getTime() + 1)),
  ).toBe(true);

  const replay = async (moment?: Date) =>
    (await runChecks(db, ALL_CHECKS, moment)).filter(
      ({ name, wrong }) => name === "journal.replay.need" || wrong.length > 0,
    );
  expect(await replay(since)).toMatchObject([{ examined: 1, wrong: [] }]);
  await owner`update need set version = version + 1`;
  expect(await replay(since)).toMatchObject([
    { examined: 1, wrong: [expect.stringContaining(after.needId)] },
  ]);
  expect(await replay(new Date("2999-01-01"))).toMatchObject([{ examined: 0, wrong: [] }]);
  expect(
    (await replay()).map(({ examined, wrong }) => [
      examined,
      wrong.filter((what) => what.includes(before.needId) || what.includes(after.needId)).length,
    ]),
  ).toEqual([[2, 2]]);

  const examined = async (moment?: Date) =>
    Object.fromEntries(
      (await runChecks(db, ALL_CHECKS, moment)).map((check) => [check.name, check.examined]),
    );
  const [lately, whole] = [await examined(since), await examined()];
  expect(lately["journal.unbroken"]).toBeLessThan(whole["journal.unbroken"] ?? 0);
  expect(lately["journal.unbroken"]).toBeGreaterThan(0);
  expect([lately["needs.whole"], whole["needs.whole"]]).toEqual([1, 2]);
  // Nobody has promised anything yet: no unit moved in the journal, and all lines are looked at by the whole
  // check alone.
  expect([lately["needs.units.held"], whole["needs.units.held"]]).toEqual([
    0,
    before.lines.length + after.lines.length,
  ]);
  expect([lately["needs.consent"], whole["needs.consent"]]).toEqual([2, 2]);

  // Units that moved lately are counted from the first move of their line on.
  await owner`update need set version = version - 1`;
  await aConfirmedGift(world, await aDonor(world), after.line.id);
  const [move] = await db
    .select({ id: journal.id })
    .from(journal)
    .where(eq(journal.lineId, after.line.id))
    .orderBy(desc(journal.id))
    .limit(1);
  const units = async () =>
    (await runChecks(db, ALL_CHECKS, momentOf(move?.id ?? "")))
      .filter(({ name }) => name.startsWith("needs.units."))
      .map(({ name, examined, wrong }) => [name, examined, wrong.length]);
  expect(await units()).toEqual(
    ["held", "pledged", "in_hub", "delivered", "waived"].map((bucket) => [`needs.units.${bucket}`, 1, 0]),
  );
  await owner`update need_line set pledged = pledged + 1, requested = requested + 1 where id = ${after.line.id}`;
  expect((await units()).filter(([, , wrong]) => wrong !== 0)).toEqual([["needs.units.pledged", 1, 1]]);
});
