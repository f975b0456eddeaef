import { expect, test } from "vitest";
import { type AskedOfWays, type HumanWay, humanWays } from "~/domain/trace/giftWays";

const on = (day: string, time = "10:00") => new Date(`2026-${day}T${time}:00+08:00`);

const ROW = {
  pledge: {
    kind: "goods",
    state: "confirmed",
    quantity: 2n,
    settled: 0n,
    givenBack: 0n,
    unitPriceFen: 12_000n,
    dueAt: on("12-13"),
    arrangedFor: null,
  },
  lineKind: "goods",
  delivered: 0n,
  acknowledged: true,
  uninspected: 0n,
  travelling: 0n,
  buyBy: null,
  lateToldAt: null,
} as const satisfies AskedOfWays["rows"][number];

type Changes = Partial<Omit<AskedOfWays["rows"][number], "pledge">> &
  Readonly<{ pledge?: Partial<AskedOfWays["rows"][number]["pledge"]> }>;
const row = ({ pledge, ...changes }: Changes = {}): AskedOfWays["rows"][number] => ({
  ...ROW,
  ...changes,
  pledge: { ...ROW.pledge, ...pledge },
});

const told = (rows: AskedOfWays["rows"], more: Partial<AskedOfWays> = {}): AskedOfWays => ({
  rows,
  offer: undefined,
  timeline: [{ event: "pledge.confirm", at: on("11-30"), data: {} }],
  now: on("12-01"),
  days: { inspectWithinDays: 3, deliverWithinDays: 10 },
  ...more,
});

const only = (ways: readonly HumanWay[]): HumanWay => {
  const [way] = ways;
  if (!way || ways.length > 1) throw new Error(`${ways.length} ways`);
  return way;
};

const drawn = (way: HumanWay) => way.steps.map(({ name, state }) => `${name} ${state}`);
const days = (way: HumanWay) =>
  way.steps.map(({ expectedBy, isLate }) =>
    expectedBy === null ? "" : expectedBy.toISOString().slice(5, 10) + (isLate ? " late" : ""),
  );

test("what was promised is the one step taken; those to come follow from the day on which it is brought", () => {
  const way = only(humanWays(told([row()])));
  expect(drawn(way)).toEqual([
    "promised done",
    "at_point now",
    "checked next",
    "on_the_way next",
    "in_hands next",
  ]);
  expect(way.steps[0]?.at).toEqual(on("11-30"));
  expect(days(way)).toEqual(["", "12-13", "12-16", "12-26", "12-26"]);
});

test("a part of it on the way is counted where it is, and no step is done before all of it took it", () => {
  const way = only(
    humanWays(
      told([row({ pledge: { quantity: 8n, settled: 5n }, uninspected: 1n, travelling: 2n, delivered: 1n })]),
    ),
  );
  expect(way.steps.map(({ reached }) => reached)).toEqual([8n, 6n, 5n, 3n, 1n]);
  expect(drawn(way).filter((step) => step.endsWith("done"))).toEqual(["promised done"]);
  expect(way.isComplete).toBe(false);
});

test("delivered is not yet confirmed: the way is whole, and who got it says so by themselves", () => {
  const arrived = { pledge: { settled: 2n }, delivered: 2n };
  const [waits, said] = [false, true].map((acknowledged) =>
    only(humanWays(told([row({ ...arrived, acknowledged })]))),
  );
  expect([waits?.isComplete, waits?.isAcknowledged]).toEqual([true, false]);
  expect([said?.isComplete, said?.isAcknowledged]).toEqual([true, true]);
});

test("what is past its day says so, and nothing that follows is promised a day; the day itself is not late", () => {
  expect(days(only(humanWays(told([row()], { now: on("12-14") }))))).toEqual(["", "12-13 late", "", "", ""]);
  expect(days(only(humanWays(told([row()], { now: on("12-13", "23:00") }))))[1]).toBe("12-13");
});

test("a moment that was put right is the one that is shown", () => {
  const timeline = [
    { event: "pledge.confirm", at: on("11-30"), data: {} },
    { event: "parcel.receive", at: on("12-02"), data: {} },
    {
      event: "moment_correction.make",
      at: on("12-03"),
      data: { was: on("12-02").toISOString(), shall: on("12-01").toISOString() },
    },
  ];
  const way = only(humanWays(told([row({ uninspected: 2n })], { timeline, now: on("12-03") })));
  expect(way.steps[1]?.at).toEqual(on("12-01"));
  expect(days(way)).toEqual(["", "", "12-04", "12-14", "12-14"]);
});

test("what was paid for is bought first; a visit has its day, and is done once its recipient says so; money counts in fen", () => {
  const paid = { kind: "money", state: "paid", dueAt: null };
  const bought = only(humanWays(told([row({ pledge: paid, buyBy: on("12-15") })])));
  expect([drawn(bought)[1], days(bought)]).toEqual(["bought now", ["", "12-15", "12-18", "12-28", "12-28"]]);

  const late = { pledge: paid, buyBy: on("12-15"), lateToldAt: on("12-01") };
  expect(days(only(humanWays(told([row(late)]))))).toEqual(["", "12-15 late", "", "", ""]);

  const service = {
    pledge: { kind: "service", quantity: 1n, arrangedFor: "2026-12-05" },
    lineKind: "service",
  } as const;
  const agreed = only(humanWays(told([row(service)])));
  expect([drawn(agreed)[1], drawn(agreed)[2]]).toEqual(["day_agreed done", "visited now"]);
  const visited = [{ event: "service_visit.record", at: on("12-05"), data: {} }];
  const asked = only(humanWays(told([row(service)], { timeline: visited })));
  expect([drawn(asked)[2], drawn(asked)[3]]).toEqual(["visited done", "confirmed now"]);

  const spent = { ...paid, quantity: 30_000n, settled: 12_000n, unitPriceFen: 1n };
  expect(only(humanWays(told([row({ pledge: spent, lineKind: "money" })]))).steps[1]?.reached).toBe(12_000n);
});

test("an offer is answered first, and nobody is promised a day before somebody is found who needs it", () => {
  const offer = {
    state: "accepted",
    quantity: 3n,
    arrived: 0n,
    delivered: 0n,
    travelling: 0n,
    dueAt: on("12-10"),
  };
  const way = (changes: Partial<typeof offer>) =>
    only(humanWays(told([], { offer: { offer: { ...offer, ...changes } } })));
  expect([drawn(way({}))[2], days(way({}))]).toEqual(["at_point now", ["", "", "12-10", "", ""]]);
  expect(drawn(way({ state: "offered" }))[1]).toBe("accepted now");
  // The rest will not come: what came is the whole of it.
  expect(way({ state: "received", arrived: 2n, delivered: 2n }).isComplete).toBe(true);
  expect(humanWays(told([], { offer: { offer: { ...offer, state: "declined" } } }))).toEqual([]);
});

test("what was let go, taken back or never confirmed has no way; each kind of thing has its own", () => {
  for (const state of ["promised", "released", "cancelled", "revoked", "paying", "expired"])
    expect(humanWays(told([row({ pledge: { state } })]))).toEqual([]);
  expect(humanWays(told([row({ pledge: { givenBack: 2n } })]))).toEqual([]);
  const both = [
    row(),
    row({ pledge: { kind: "service" }, lineKind: "service" }),
    row({ pledge: { state: "cancelled" } }),
  ];
  expect(humanWays(told(both)).map(({ kind, units }) => [kind, units])).toEqual([
    ["goods", 2n],
    ["service", 2n],
  ]);
});
