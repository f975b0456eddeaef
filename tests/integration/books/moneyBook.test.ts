import { parse } from "csv-parse/sync";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { BOOKS_CHECKS } from "~/domain/books/checks.server";
import type { MoneyFilter } from "~/domain/books/moneyFilter.server";
import { moneyBook, readableFunds, wholeMoneyBook } from "~/domain/books/moneyQueries.server";
import { moneyTotals, publicStanding } from "~/domain/books/moneyTotals.server";
import { type MoneyEvent, POSTINGS, postMoney, reverseMoney } from "~/domain/books/postMoney.server";
import { runChecks } from "~/domain/checks.server";
import type { UserActor } from "~/domain/kernel/actor";
import { gathered } from "~/domain/kernel/batches";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { loader as moneyCsv } from "~/routes/finance/moneyCsv";
import type { Database } from "~db/client";
import { moneyEntries, moneyTransfers } from "~db/schema/books";
import { programmes } from "~db/schema/organisations";
import { aDonor, aPerson, aTeam } from "../../factories/people";
import { aBookkeeper, aPaidWish, test } from "../../support/payments";
import { argsFor } from "../../support/routeArgs";
import type { World } from "../../support/world";

/** What stands free in a fund: the tests of this file share one. */
async function freeIn(db: Database, programmeId: string): Promise<bigint> {
  const [fund] = await db.select().from(programmes).where(eq(programmes.id, programmeId));
  return fund?.availableFen ?? 0n;
}

const wrongs = async (db: Database) => (await runChecks(db, BOOKS_CHECKS)).flatMap((check) => check.wrong);

const fen = (yuan: string | undefined) => BigInt((yuan ?? "").replace(".", ""));

async function fileRows(
  world: World,
  reader: UserActor,
  filter: MoneyFilter,
): Promise<Record<string, string>[]> {
  const query = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const answer = await moneyCsv(
    await argsFor(world, reader, `http://portal.test/finance/money.csv?${query.toString()}`),
  );
  return parse(await answer.text(), { columns: true, bom: true });
}

test("the file's sums are the page's sums, for any fund, kind, days and gift; its running sums end where the page stands", async ({
  world,
  desk,
}) => {
  const first = await aPaidWish(world, desk, 2n);
  const [one, two] = [
    await aBookkeeper(world, first.checkout.charityId),
    await aBookkeeper(world, first.checkout.charityId),
  ];
  const bought = {
    pledgeId: first.pledge.id,
    quantity: 1n,
    supplier: "演示百货",
    voucherNumber: "V-1",
    amountFen: 11_000n,
  };
  const { purchaseId } = await recordPurchase(world.as(one), {
    ...bought,
    boughtOn: world.clock.now(),
    requestKey: world.system.newId(),
  });
  await decidePurchase(world.as(two), purchaseId, "approve");
  world.clock.advance({ days: 3 });
  await aPaidWish(world, desk);
  const today = world.clock.now().toISOString().slice(0, 10);
  const filters: MoneyFilter[] = [
    {},
    { kind: "receive" },
    { kind: "refund" },
    { gift: first.giftCode },
    { to: today },
    { from: "2099-01-01" },
    { programmeId: first.checkout.programmeId },
  ];
  for (const filter of filters) {
    const rows = await fileRows(world, one, filter);
    const sums = new Map<string, { entries: number; amountFen: bigint }>();
    for (const row of rows) {
      const sum = sums.get(row["kind"] ?? "") ?? { entries: 0, amountFen: 0n };
      sums.set(row["kind"] ?? "", {
        entries: sum.entries + 1,
        amountFen: sum.amountFen + fen(row["amount_cny"]),
      });
    }

    const totals = await moneyTotals(world.as(one), filter);
    expect(new Map(totals.moved.map(({ kind, ...moved }) => [kind as string, moved]))).toEqual(sums);
  }

  const all = await fileRows(world, one, {});
  expect(all.map((row) => Number(row["number"]))).toEqual(all.map((_row, index) => index + 1));
  const { standing } = await moneyTotals(world.as(one), {});
  const last = all.at(-1);
  expect([
    fen(last?.["cash_after_cny"]),
    fen(last?.["available_after_cny"]),
    fen(last?.["committed_after_cny"]),
  ]).toEqual([standing.cash, standing.available, standing.committed]);
  expect(standing.received).toBe(
    standing.available + standing.committed + standing.spent + standing.refunded,
  );
  expect(await publicStanding(world.as({ kind: "visitor" }))).toEqual(standing);
  // However few are read at once, the file is the same, its running sums too, also where the filter shows
  // only some.
  const everything = await gathered(wholeMoneyBook(world.as(one), {}));
  for (const filter of [{}, { kind: "receive" }, { kind: "spend" }, { gift: first.giftCode }] as const) {
    const atOnce = await gathered(wholeMoneyBook(world.as(one), filter));
    const shown = new Set(atOnce.map(({ entry }) => entry.id));
    expect(atOnce).toEqual(everything.filter(({ entry }) => shown.has(entry.id)));
    for (const few of [1, 2])
      expect(await gathered(wholeMoneyBook(world.as(one), filter, few))).toEqual(atOnce);
    expect(atOnce.length).toBeGreaterThan(0);
  }
});

test("finance reads its own charity's funds only; audit and the city read all; nobody else reads any", async ({
  world,
  desk,
}) => {
  const paid = await aPaidWish(world, desk);
  const team = await aTeam(world);
  const stranger = await aBookkeeper(world, world.system.newId());
  const auditor = await aPerson(world, { role: "auditor", scope: { kind: "city" } });
  for (const reader of [await aBookkeeper(world, paid.checkout.charityId), auditor, team.operator])
    expect((await moneyBook(world.as(reader), { gift: paid.giftCode })).rows).toHaveLength(1);
  expect([
    (await moneyBook(world.as(stranger), {})).rows,
    await readableFunds(world.as(stranger)),
    await fileRows(world, stranger, {}),
  ]).toEqual([[], [], []]);
  expect(
    (await moneyTotals(world.as(stranger), { programmeId: paid.checkout.programmeId })).standing.received,
  ).toBe(0n);
  for (const person of [team.storekeeper, team.caseworker, await aDonor(world)])
    await expect(moneyBook(world.as(person), {})).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});

test("an entry is taken back once, by its exact mirror; never after its money went on, and a reversal never itself", async ({
  world,
  desk,
  db,
}) => {
  const paid = await aPaidWish(world, desk);
  const [receipt] = await db.select().from(moneyEntries).where(eq(moneyEntries.giftId, paid.pledge.giftId));
  const entryId = receipt?.id ?? "";
  const reverse = (id: string, source = { type: "test", id: "one" }) =>
    db.transaction((tx) => reverseMoney(tx, world.system, { entryId: id, source }));
  const bind = {
    kind: "commit",
    source: { type: "test", id: "bind" },
    programmeId: paid.checkout.programmeId,
    amountFen: await freeIn(db, paid.checkout.programmeId),
  } as const;
  await db.transaction((tx) => postMoney(tx, world.system, bind));
  await expect(reverse(entryId)).rejects.toMatchObject({ code: "FUND_EXHAUSTED" });
  await db.transaction((tx) => postMoney(tx, world.system, { ...bind, kind: "uncommit" }));
  expect(await Promise.all([reverse(entryId), reverse(entryId)])).toContain(true);
  expect(await reverse(entryId)).toBe(false);
  await expect(reverse(entryId, { type: "test", id: "another" })).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  const [reversal] = await db.select().from(moneyEntries).where(eq(moneyEntries.reversesId, entryId));
  await expect(reverse(reversal?.id ?? "")).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await freeIn(db, paid.checkout.programmeId)).toBe(bind.amountFen - 12_000n);
  expect(await wrongs(db)).toEqual([]);
});

test("forty write into one fund at once: numbers without a gap, and never less than nothing", async ({
  world,
  desk,
  db,
}) => {
  const paid = await aPaidWish(world, desk);
  const free = await freeIn(db, paid.checkout.programmeId);
  const bind = () =>
    db.transaction((tx) =>
      postMoney(tx, world.system, {
        kind: "commit",
        source: { type: "test", id: world.system.newId() },
        programmeId: paid.checkout.programmeId,
        amountFen: 2_500n,
      }),
    );
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, bind));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(Number(free / 2_500n));
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "FUND_EXHAUSTED" });
  expect(await wrongs(db)).toEqual([]);
});

test("every kind of entry moves between its own accounts and no others", async ({ world, desk, db }) => {
  const paid = await aPaidWish(world, desk, 10n);
  const { programmeId } = paid.checkout;
  const [fund] = await db.select().from(programmes).where(eq(programmes.id, programmeId));
  const moves: Readonly<Record<MoneyEvent["kind"], readonly string[]>> = {
    receive: ["ext:donor > cash", "received > available"],
    commit: ["available > committed"],
    spend: ["cash > ext:payee", "committed > spent"],
    uncommit: ["committed > available"],
    top_up: ["ext:charity > ext:payee", "received > spent"],
    refund: ["cash > ext:donor", "available > refunded"],
  };
  expect(Object.keys(POSTINGS).sort()).toEqual(Object.keys(moves).sort());
  const short = (account: string) =>
    account.replace(`fund:${programmeId}:`, "").replace(`cash:${fund?.charityId ?? ""}`, "cash");
  const post = async (kind: MoneyEvent["kind"], amountFen = 100n) => {
    const source = { type: "test", id: `${kind} ${world.system.newId()}` };
    expect(
      await db.transaction((tx) => postMoney(tx, world.system, { kind, source, programmeId, amountFen })),
    ).toBe(true);
    const written = await db
      .select({ transfer: moneyTransfers })
      .from(moneyTransfers)
      .innerJoin(moneyEntries, eq(moneyEntries.id, moneyTransfers.entryId))
      .where(eq(moneyEntries.sourceId, source.id));
    expect(written.map(({ transfer }) => transfer.amountFen)).toEqual(written.map(() => amountFen));
    return written
      .map(({ transfer }) => `${short(transfer.fromAccount)} > ${short(transfer.toAccount)}`)
      .sort();
  };

  await post("commit", 1_000n);
  for (const [kind, accounts] of Object.entries(moves) as [MoneyEvent["kind"], readonly string[]][])
    expect(await post(kind), kind).toEqual([...accounts].sort());
  const [after] = await db.select().from(programmes).where(eq(programmes.id, programmeId));
  expect([after?.availableFen, after?.committedFen]).toEqual([
    (fund?.availableFen ?? 0n) - 1_000n,
    (fund?.committedFen ?? 0n) + 900n,
  ]);
});

test("the head of a file goes out before any entry is read, whatever it is to show", async ({
  world,
  desk,
  owner,
}) => {
  await aPaidWish(world, desk);
  const auditor = world.as(await aPerson(world, { role: "auditor", scope: { kind: "city" } }));
  await owner.begin(async (sql) => {
    await sql`lock table money_entry in access exclusive mode`;
    expect(await wholeMoneyBook(auditor, { kind: "spend" }).next()).toEqual({ done: false, value: [] });
  });
});

test("what is posted while the file is read is not in it; each batch is a bounded number of entries", async ({
  world,
  desk,
}) => {
  const paid = await aPaidWish(world, desk);
  for (let more = 0; more < 12; more += 1) await aPaidWish(world, desk);
  const auditor = world.as(await aPerson(world, { role: "auditor", scope: { kind: "city" } }));
  const before = await gathered(wholeMoneyBook(auditor, {}));
  const file = wholeMoneyBook(auditor, {}, 1);
  const first = await file.next();
  await aPaidWish(world, desk);
  const read: number[] = [];
  const rows = [...(first.value ?? [])];

  for await (const batch of file) {
    read.push(batch.length);
    rows.push(...batch);
  }

  expect(rows).toEqual(before);
  expect(Math.max(...read)).toBe(1);
  // Stretches of which nothing is meant are only summed: what stands after the one that is shown is the same.
  const [shown] = await gathered(wholeMoneyBook(auditor, { gift: paid.giftCode }, 1));
  expect(shown).toEqual(before.find(({ entry }) => entry.id === shown?.entry.id));
  const last = before.at(-1);
  const [late] = await gathered(wholeMoneyBook(auditor, { gift: last?.giftCode ?? "" }, 1));
  expect(late).toEqual(last);
});
