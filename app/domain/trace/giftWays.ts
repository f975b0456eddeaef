import { plusDays, shanghaiDay, startOfDay } from "~/domain/kernel/time";

/** The steps that people see of a gift, few, and the same for each kind of gift. */
export const WAYS = {
  goods: ["promised", "at_point", "checked", "on_the_way", "in_hands"],
  paid: ["paid", "bought", "arrived", "on_the_way", "in_hands"],
  service: ["promised", "day_agreed", "visited", "confirmed"],
  money: ["paid", "spent"],
  offer: ["offered", "accepted", "at_point", "on_the_way", "in_hands"],
} as const;
export type WayKind = keyof typeof WAYS;
export type WayStepName = (typeof WAYS)[WayKind][number];

/** One step: how many of the gift's units took it, when the last of them did, or by when it is expected. */
export type HumanStep = Readonly<{
  name: WayStepName;
  state: "done" | "now" | "next";
  reached: bigint;
  at: Date | null;
  expectedBy: Date | null;
  /** The day on which it was expected is over. */
  isLate: boolean;
}>;

/** The way of all that a gift has of one kind. Units are fen where it is money to be spent. */
export type HumanWay = Readonly<{
  kind: WayKind;
  units: bigint;
  steps: readonly HumanStep[];
  /** The last step is reached by all of it; and who got it said so. */
  isComplete: boolean;
  isAcknowledged: boolean;
}>;

type Row = Readonly<{
  pledge: Readonly<{
    kind: string;
    state: string;
    quantity: bigint;
    settled: bigint;
    givenBack: bigint;
    unitPriceFen: bigint;
    dueAt: Date | null;
    arrangedFor: string | null;
  }>;
  lineKind: "goods" | "service" | "money";
  delivered: bigint;
  acknowledged: boolean;
  uninspected: bigint;
  travelling: bigint;
  buyBy: Date | null;
  /** Since when its donor knows that it was not bought in time. */
  lateToldAt: Date | null;
}>;
type Offer = Readonly<{
  offer: Readonly<{
    state: string;
    quantity: bigint;
    arrived: bigint;
    delivered: bigint;
    travelling: bigint;
    dueAt: Date | null;
  }>;
}>;
type Event = Readonly<{ event: string; at: Date; data: Readonly<{ was?: string; shall?: string }> }>;

/** Everything that is asked to draw the ways of one gift. */
export type AskedOfWays = Readonly<{
  rows: readonly Row[];
  offer: Offer | undefined;
  timeline: readonly Event[];
  now: Date;
  /** The city's own limits: what donors are told to expect. */
  days: Readonly<{ inspectWithinDays: number; deliverWithinDays: number }>;
}>;

/** Which events of the journal say that a step was taken. */
const TAKEN_BY: Readonly<Record<WayStepName, readonly string[]>> = {
  promised: ["pledge.confirm", "pledge.retarget"],
  paid: ["pledge.pay", "pledge.pay_late"],
  offered: ["offer.make"],
  accepted: ["offer.accept"],
  bought: ["purchase.approve"],
  at_point: ["parcel.receive"],
  checked: ["pledge.settle"],
  arrived: ["pledge.settle"],
  on_the_way: ["delivery_item.dispatch"],
  in_hands: ["delivery_item.hand_over"],
  day_agreed: ["pledge.arrange"],
  visited: ["service_visit.record"],
  confirmed: ["service_visit.accept", "pledge.settle"],
  spent: ["pledge.spend"],
};

/** When the last of a step's events happened; a moment that was put right counts as what it shall be. */
function takenAt(timeline: readonly Event[], name: WayStepName): Date | null {
  const corrected = new Map(
    timeline.flatMap(({ data: { was, shall } }) =>
      was !== undefined && shall !== undefined ? [[Date.parse(was), new Date(shall)] as const] : [],
    ),
  );
  const moments = timeline
    .filter(({ event }) => TAKEN_BY[name].includes(event))
    .map(({ at }) => corrected.get(at.getTime()) ?? at);
  return moments.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}

const kindOf = ({ pledge, lineKind }: Row): WayKind =>
  pledge.kind === "money"
    ? lineKind === "money"
      ? "money"
      : "paid"
    : lineKind === "service"
      ? "service"
      : "goods";

const LIVE: readonly string[] = ["confirmed", "paid"];
const unitsOf = ({ pledge }: Row): bigint => pledge.quantity - pledge.givenBack;
const sum = (units: readonly bigint[]): bigint => units.reduce((all, one) => all + one, 0n);
const earliest = (moments: readonly (Date | null)[]): Date | null =>
  moments.reduce<Date | null>(
    (first, at) => (first === null || (at !== null && at < first) ? at : first),
    null,
  );

/** Units that took each step, and the day that is named for it. */
type Known = Readonly<{
  reached: Partial<Record<WayStepName, bigint>>;
  own: Partial<Record<WayStepName, Date | null>>;
  /** What is told to be late before its day is over. */
  late?: WayStepName | undefined;
}>;

/** How many took each step: whoever took a later one has taken those before it. */
function countsOf(names: readonly WayStepName[], units: bigint, reached: Known["reached"]): bigint[] {
  const counts: bigint[] = [];
  let later = 0n;

  for (const name of names.toReversed()) {
    const own = reached[name] ?? 0n;
    later = own > later ? own : later;
    counts.unshift(later > units ? units : later);
  }

  return counts;
}

/** The steps with their days: what is expected of one follows from when the one before it is or was taken. */
function stepsOf(
  kind: WayKind,
  units: bigint,
  { reached, own, late }: Known,
  told: AskedOfWays,
): HumanStep[] {
  const { timeline, now, days } = told;
  const names: readonly WayStepName[] = WAYS[kind];
  const counts = countsOf(names, units, reached);
  const steps: HumanStep[] = [];

  for (const [index, name] of names.entries()) {
    const before = steps.at(-1);
    const count = counts[index] ?? 0n;
    const isDone = count === units;
    const from = before?.at ?? (before?.isLate ? null : (before?.expectedBy ?? null));
    const expected = own[name] ?? followsOn(kind, name, from, days);

    steps.push({
      name,
      state: isDone ? "done" : before === undefined || before.state === "done" ? "now" : "next",
      reached: count,
      at: isDone ? takenAt(timeline, name) : null,
      expectedBy: isDone ? null : expected,
      isLate: !isDone && expected !== null && (name === late || shanghaiDay(expected) < shanghaiDay(now)),
    });
  }

  return steps;
}

/** When a step follows the one before it. Nobody can say when somebody is found who needs an offer. */
function followsOn(
  kind: WayKind,
  name: WayStepName,
  from: Date | null,
  days: AskedOfWays["days"],
): Date | null {
  if (from === null || kind === "offer") return null;
  if (name === "checked" || name === "arrived") return plusDays(from, days.inspectWithinDays);
  if (name === "on_the_way") return plusDays(from, days.deliverWithinDays);
  // What goes out is handed over on the same day, as far as anybody can say beforehand.
  return name === "in_hands" ? from : null;
}

const wayOf = (
  kind: WayKind,
  steps: readonly HumanStep[],
  units: bigint,
  isAcknowledged: boolean,
): HumanWay => {
  const isComplete = steps.every(({ state }) => state === "done");
  return { kind, units, steps, isComplete, isAcknowledged: isComplete && isAcknowledged };
};

/** Visits that were written down, and that nobody has asked the recipient about yet. */
const visitsToAsk = (timeline: readonly Event[]): bigint =>
  timeline.reduce(
    (open, { event }) =>
      event === "service_visit.record"
        ? open + 1n
        : event === "service_visit.accept" || event === "service_visit.dispute"
          ? open - 1n
          : open,
    0n,
  );

function wayOfRows(kind: WayKind, rows: readonly Row[], told: AskedOfWays): HumanWay {
  const open = rows.filter((row) => row.pledge.settled < unitsOf(row));
  const dueAt = earliest(open.map(({ pledge }) => pledge.dueAt));
  const arranged = earliest(
    open.map(({ pledge }) => (pledge.arrangedFor === null ? null : startOfDay(pledge.arrangedFor))),
  );
  const size = (row: Row): bigint => (kind === "money" ? row.pledge.unitPriceFen : 1n);
  const total = (unitsIn: (row: Row) => bigint): bigint => sum(rows.map((row) => unitsIn(row) * size(row)));
  const settled = total(({ pledge }) => pledge.settled);
  const units = total(unitsOf);
  const reached = {
    promised: units,
    paid: units,
    bought: total((row) => (row.buyBy === null ? unitsOf(row) : row.pledge.settled)),
    at_point: total(({ pledge, uninspected }) => pledge.settled + uninspected),
    checked: settled,
    arrived: settled,
    on_the_way: total(({ delivered, travelling }) => delivered + travelling),
    in_hands: total(({ delivered }) => delivered),
    day_agreed: total((row) => (row.pledge.arrangedFor === null ? row.pledge.settled : unitsOf(row))),
    visited: settled + (kind === "service" ? visitsToAsk(told.timeline) : 0n),
    confirmed: settled,
    spent: settled,
  };
  const bought = earliest(rows.map(({ buyBy }) => buyBy));
  const own = { at_point: dueAt, bought, day_agreed: dueAt, visited: arranged ?? dueAt };
  const late = rows.some(({ lateToldAt }) => lateToldAt !== null) ? ("bought" as const) : undefined;
  const steps = stepsOf(kind, units, { reached, own, late }, told);
  return wayOf(kind, steps, units, kind === "service" || rows.every((row) => row.acknowledged));
}

const OPEN_OFFER: readonly string[] = ["offered", "accepted", "received"];

function wayOfOffer({ offer }: Offer, told: AskedOfWays): HumanWay {
  // Once no more of it is awaited, what came is all there is.
  const units = offer.state === "received" ? offer.arrived : offer.quantity;
  const reached = {
    offered: units,
    accepted: offer.state === "offered" ? 0n : units,
    at_point: offer.arrived,
    on_the_way: offer.delivered + offer.travelling,
    in_hands: offer.delivered,
  };
  const steps = stepsOf("offer", units, { reached, own: { at_point: offer.dueAt } }, told);
  return wayOf("offer", steps, units, false);
}

/**
 * How a gift stands in the steps that people see, one way for each kind of thing in it. What was let go,
 * taken back or not yet confirmed has none.
 */
export function humanWays(told: AskedOfWays): HumanWay[] {
  const live = told.rows.filter((row) => LIVE.includes(row.pledge.state) && unitsOf(row) > 0n);
  const kinds = [...new Set(live.map(kindOf))];
  const ways = kinds.map((kind) =>
    wayOfRows(
      kind,
      live.filter((row) => kindOf(row) === kind),
      told,
    ),
  );
  return told.offer && OPEN_OFFER.includes(told.offer.offer.state)
    ? [...ways, wayOfOffer(told.offer, told)]
    : ways;
}
