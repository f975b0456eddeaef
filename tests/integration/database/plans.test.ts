import { afterAll, beforeAll, expect, test } from "vitest";
import { roleChanges } from "~/domain/audit/roleChanges.server";
import { goodsBook } from "~/domain/books/goodsQueries.server";
import { moneyBook } from "~/domain/books/moneyQueries.server";
import { callBackList } from "~/domain/callBacks/callBackList.server";
import { expireHolds, lapseJointDays, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { requireRoomForHolds } from "~/domain/giving/holds.server";
import { jointDayOfGift, jointDaysAt } from "~/domain/giving/jointDayQueries.server";
import type { UserActor } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { deskQueue, openReports } from "~/domain/lists/desk/deskQueries.server";
import { listWishes, readWish } from "~/domain/needs/queries.server";
import { myFiledWishes, reviewQueue } from "~/domain/needs/staffQueries.server";
import { sweepRefunds } from "~/domain/payments/refunds.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { openRequests } from "~/domain/requests/queries.server";
import { myGifts } from "~/domain/trace/giftPage.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { outboxStanding } from "~/worker/setAside.server";
import { give } from "../../bench/giving";
import { writeHistory } from "../../bench/history";
import { donorId, FILER, lineId, writePeople, writeWishes } from "../../bench/wishes";
import { fillDatabase, type FilledDatabase } from "../../support/filledDatabase";
import { type Asked, literal, nodes, type Plan } from "../../support/plans";

const TOWN = "442000001";
const SOMEWHERE = "00000000-0000-7000-d000-000000000001";

let database: FilledDatabase;
let ctx: UseCaseContext;

const as = (grants: UserActor["grants"], userId = donorId(1)): UseCaseContext => ({
  ...ctx,
  actor: { kind: "user", userId, displayName: "", grants },
});

beforeAll(async () => {
  database = await fillDatabase("plans", async (filling) => {
    await writePeople(filling, 200);
    await writeWishes(filling, 20_000, { units: 3, lines: true });
    await writeHistory(filling);
    // An index answers alone only what has been looked through.
    await filling.unsafe("vacuum need_line");
  });
  ctx = database.ctx;
}, 120_000);

afterAll(() => database.end());

/**
 * The plan of a statement that the server keeps ready and has run before, as it keeps those of transactions.
 * What it changes is undone.
 */
async function keptPlanOf({ query, parameters }: Asked): Promise<Plan[]> {
  const run = `execute kept${parameters.length > 0 ? `(${parameters.map(literal).join(", ")})` : ""}`;
  const plans = await database.plain.begin(async (sql) => {
    await sql.unsafe(`prepare kept as ${query}`);
    // From the sixth time on the server may choose a plan for any values.
    for (let times = 0; times < 6; times += 1) await sql.unsafe(run);
    const [row] = await sql.unsafe<{ "QUERY PLAN": readonly [{ Plan: Plan }] }[]>(
      `explain (analyze, format json) ${run}`,
    );
    await sql.unsafe("deallocate kept");
    await sql.unsafe("rollback; begin");
    return row ? nodes(row["QUERY PLAN"][0].Plan) : [];
  });
  return plans;
}

const read = (plan: readonly Plan[], table: string): number =>
  plan
    .filter((node) => node["Relation Name"] === table)
    .reduce((rows, node) => rows + (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 0), 0);

type Case = readonly [
  what: string,
  table: string,
  index: string | readonly string[],
  mostRows: number,
  work: () => Promise<unknown>,
];

const CASES: readonly Case[] = [
  [
    "the list of wishes, longest waiting first",
    "public_need",
    "public_need_waiting",
    30,
    () => listWishes(ctx, {}),
  ],
  [
    "its far pages",
    "public_need",
    "public_need_waiting",
    30,
    () =>
      listWishes(
        ctx,
        {},
        { at: new Date("2025-06-01T00:00:00Z"), id: "00000000-0000-7000-a000-000000000000", back: false },
      ),
  ],
  ["the newest", "public_need", "public_need_newest", 60, () => listWishes(ctx, { sort: "newest" })],
  ["one wish", "public_need", "public_need_code_unique", 1, () => readWish(ctx, "WB7")],
  ["a donor's gifts", "gift", "gift_by_donor", 101, () => myGifts(as([]))],
  [
    "what a caseworker filed",
    "need",
    ["need_by_filer", "need_pkey"],
    60,
    () => myFiledWishes(as([{ role: "caseworker", scope: { kind: "town", id: TOWN } }], FILER)),
  ],
  [
    "what waits for a reviewer",
    "need",
    ["need_review_of_town", "need_by_state_town"],
    60,
    () => reviewQueue(as([{ role: "town_reviewer", scope: { kind: "town", id: TOWN } }])),
  ],
  [
    "what recipients asked and nobody did yet",
    "recipient_request",
    "recipient_request_open",
    51,
    () => openRequests(as([{ role: "caseworker", scope: { kind: "town", id: TOWN } }])),
  ],
  [
    "who waits for a call",
    "call_back",
    "call_back_open",
    // The first of each town by their ids, and their rows.
    102,
    () => callBackList(as([{ role: "caseworker", scope: { kind: "town", id: TOWN } }])),
  ],
  ["the outbox's next work", "outbox", "outbox_due", 20, () => drainOutbox(ctx)],
  ["how the outbox stands", "outbox", "outbox_not_done", 30, () => outboxStanding(ctx.db)],
  ["holds that ended", "pledge", "pledge_live_holds", 0, () => expireHolds(ctx)],
  [
    "the coming joint days of a point",
    "joint_day",
    "joint_day_coming",
    0,
    () => jointDaysAt(as([{ role: "storekeeper", scope: { kind: "point", id: SOMEWHERE } }]), SOMEWHERE),
  ],
  [
    "what a donor holds, among all that they ever gave",
    "pledge",
    "pledge_held_by_donor",
    4,
    () => inTransaction(ctx, (tx) => requireRoomForHolds(tx, ctx, donorId(1), { units: 1n })),
  ],
  ["the joint day of a gift", "joint_day", "joint_day_by_gift", 1, () => jointDayOfGift(as([]), SOMEWHERE)],
  ["joint days that were overtaken", "joint_day", "joint_day_coming", 0, () => lapseJointDays(ctx)],
  [
    "changes of roles, among donors without number",
    "journal",
    "journal_role_changes",
    51,
    () => roleChanges(as([{ role: "auditor", scope: { kind: "city" } }])),
  ],
  ["promises overdue", "pledge", "pledge_due", 0, () => revokeOverdue(ctx)],
];

for (const [what, table, index, mostRows, work] of CASES) {
  test(`${what}: found by ${[index].flat().join(" or ")}, reading at most ${mostRows} rows`, async () => {
    const plan = await database.plansOf(table, work);
    expect(
      plan.filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === table),
    ).toEqual([]);
    const used = plan.flatMap((node) => (node["Index Name"] === undefined ? [] : [node["Index Name"]]));
    expect(
      used.some((name) => [index].flat().includes(name)),
      used.join(),
    ).toBe(true);
    expect(read(plan, table)).toBeLessThanOrEqual(mostRows);
  });
}

test("of thirty thousand pieces of work that fell due at one moment, a batch reads and sorts no more than it takes", async () => {
  const batch = 50;
  await database.plain`
    insert into outbox (id, journal_id, handler, state, run_at)
    select gen_random_uuid(), id, handler, 'waiting', '2026-01-01'::timestamptz
    from journal, (values ('tellIntent'), ('tellOfWords')) known (handler) where entity = 'role_grant' limit 30000`;
  try {
    await database.plain`analyze outbox`;
    const plan = await database.plansOf("outbox", () => drainOutbox(ctx, batch));
    expect(plan.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    const most = Math.max(...plan.map((node) => (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 0)));
    expect(most).toBe(batch);
  } finally {
    await database.plain`delete from outbox where handler in ('tellIntent', 'tellOfWords')`;
    await database.plain`analyze outbox`;
  }
});

test("kept ready, the statements of a gift and of the clocks still find their rows by an index", async () => {
  const asked = await database.askedBy(async () => {
    await give(as([], donorId(3)), lineId(5));
    for (const clock of [drainOutbox, expireHolds, remindOverdue, revokeOverdue]) await clock(ctx);
  });
  const finding = asked.filter(({ query }) => /^\s*(select|update)/.test(query) && !/"setting"/.test(query));
  expect(finding.length).toBeGreaterThan(12);
  for (const statement of finding) {
    const plan = await keptPlanOf(statement);
    const long = plan.filter((node) =>
      ["need_line", "pledge", "gift", "journal", "outbox"].includes(node["Relation Name"] ?? ""),
    );
    expect(
      long.filter((node) => node["Node Type"] === "Seq Scan"),
      statement.query,
    ).toEqual([]);
    expect(
      long.reduce((rows, node) => rows + (node["Actual Rows"] ?? 0) * (node["Actual Loops"] ?? 0), 0),
      statement.query,
    ).toBeLessThanOrEqual(110);
  }
});

test("the books, the clocks of payments and the desk of the lists read no table from end to end once it is long", async () => {
  const finance = as([{ role: "auditor", scope: { kind: "city" } }]);
  const keeper = as([{ role: "operator", scope: { kind: "city" } }]);
  await database.plain.unsafe("set enable_seqscan = off");
  const wanted = [
    ["money_entry", () => moneyBook(finance, {})],
    ["goods_move", () => goodsBook(finance, {})],
    ["checkout", () => sweepPayments(ctx)],
    ["refund", () => sweepRefunds(ctx)],
    ["list_item", () => deskQueue(keeper)],
    ["item_report", () => openReports(keeper)],
  ] as const;
  // These tables are empty here, so the planner is only asked whether an index could serve at all.
  for (const [table, work] of wanted) {
    const plan = await database.plansOf(table, work);
    expect(
      plan
        .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === table)
        .map((node) => node["Relation Name"]),
    ).toEqual([]);
  }

  await database.plain.unsafe("set enable_seqscan = on");
});
