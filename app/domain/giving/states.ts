import type { GoodsPledgeState, JointDayState, MoneyPledgeState, PledgeState } from "~db/schema/giving";
import type { TransitionTable } from "~/domain/kernel/states";

/**
 * A promise of goods or service. Arrival is no state of the promise: `settle` and `return_part` only count units, since a
 * short parcel settles some and leaves the rest standing.
 */
export const GOODS_PLEDGE_TRANSITIONS = {
  promised: { confirm: "confirmed", release: "released", expire: "released", target_gone: "released" },
  confirmed: {
    send: "confirmed",
    arrive: "confirmed",
    settle: "confirmed",
    correct: "confirmed",
    return_part: "confirmed",
    remind: "confirmed",
    postpone: "confirmed",
    undo: "cancelled",
    cancel: "cancelled",
    revoke: "revoked",
    target_gone: "cancelled",
  },
  released: {},
  cancelled: {},
  revoked: {},
} as const satisfies TransitionTable<GoodsPledgeState>;

/** A promise of money. Refunds and disputes are entries of the money book, not states of the promise (decisions 1). */
export const MONEY_PLEDGE_TRANSITIONS = {
  promised: { start: "paying", expire: "expired", cancel: "cancelled" },
  paying: { pay: "paid", fail: "failed", expire: "expired" },
  paid: { settle: "paid", correct: "paid", return_part: "paid", undo: "cancelled" },
  /** A payment that came after its hold ended retakes the units, or waits for finance; it is never dropped. */
  failed: { pay_late: "paid" },
  expired: { pay_late: "paid" },
  cancelled: {},
} as const satisfies TransitionTable<MoneyPledgeState>;

/** One pledge has one machine, chosen by its kind. */
export const PLEDGE_TRANSITIONS: TransitionTable<PledgeState> = {
  ...GOODS_PLEDGE_TRANSITIONS,
  ...MONEY_PLEDGE_TRANSITIONS,
  promised: { ...GOODS_PLEDGE_TRANSITIONS.promised, start: "paying" },
  cancelled: {},
};

/** Units that were promised and neither arrived nor went back. */
export const standing = (pledge: { quantity: bigint; settled: bigint; givenBack: bigint }): bigint => pledge.quantity - pledge.settled - pledge.givenBack;

/**
 * A joint day. `propose` is the donor's word and `suggest` the point's: also of an agreed day, which then has to be agreed anew.
 * `withdraw` and `decline` are how either side lets it go; `lapse` is the clock's.
 */
export const JOINT_DAY_TRANSITIONS = {
  proposed: { propose: "proposed", suggest: "proposed", agree: "agreed", withdraw: "cancelled", decline: "cancelled", lapse: "cancelled" },
  agreed: { propose: "proposed", suggest: "proposed", hold: "held", withdraw: "cancelled", decline: "cancelled", lapse: "cancelled" },
  held: {},
  cancelled: {},
} as const satisfies TransitionTable<JointDayState>;
