import type { TransitionTable } from "~/domain/kernel/states";
import type {
  CollectionState,
  GoodsPledgeState,
  JointDayState,
  MoneyPledgeState,
  PledgeState,
} from "~db/schema/giving";

/**
 * A promise of goods or service. Arrival is no state of the promise: `settle` and `return_part` only count
 * units, since a short parcel settles some and leaves the rest standing.
 */
export const GOODS_PLEDGE_TRANSITIONS = {
  promised: { confirm: "confirmed", release: "released", expire: "released", target_gone: "released" },
  confirmed: {
    send: "confirmed",
    arrive: "confirmed",
    /** The point fetched it at its donor's: on its way like a parcel that was sent. */
    collect: "confirmed",
    /** Donor and caseworker agreed on the day of a service. */
    arrange: "confirmed",
    settle: "confirmed",
    correct: "confirmed",
    return_part: "confirmed",
    remind: "confirmed",
    postpone: "confirmed",
    undo: "cancelled",
    revoke: "revoked",
    target_gone: "cancelled",
  },
  released: {},
  cancelled: {},
  revoked: {},
} as const satisfies TransitionTable<GoodsPledgeState>;

/** A promise of money. Refunds and disputes are entries of the money book, not states of the promise. */
export const MONEY_PLEDGE_TRANSITIONS = {
  /** Money is paid at once or not promised: a promise of it begins with its payment page. */
  promised: {},
  paying: { pay: "paid", fail: "failed", expire: "expired", cancel: "cancelled" },
  /** Things that were bought arrive (`settle`); money of an organisation's need is spent (`spend`). */
  paid: { settle: "paid", spend: "paid", correct: "paid", return_part: "paid", undo: "cancelled" },
  /**
   * A payment that came after its hold ended retakes the units, or waits for finance; it is never dropped.
   */
  failed: { pay_late: "paid" },
  expired: { pay_late: "paid" },
  /**
   * Cancelled before it was paid: should the money come all the same, finance may still take the units for
   * it.
   */
  cancelled: { pay_late: "paid" },
} as const satisfies TransitionTable<MoneyPledgeState>;

/** One pledge has one machine, chosen by its kind. */
export const PLEDGE_TRANSITIONS = {
  ...GOODS_PLEDGE_TRANSITIONS,
  ...MONEY_PLEDGE_TRANSITIONS,
  promised: GOODS_PLEDGE_TRANSITIONS.promised,
} as const satisfies TransitionTable<PledgeState>;

/** Units that were promised and neither arrived nor went back. */
export const standing = (pledge: { quantity: bigint; settled: bigint; givenBack: bigint }): bigint =>
  pledge.quantity - pledge.settled - pledge.givenBack;

/**
 * A joint day. `propose` is the donor's word and `suggest` the point's: also of an agreed day, which then has
 * to be agreed anew. `withdraw` and `decline` are how either side lets it go; `lapse` is the clock's.
 */
export const JOINT_DAY_TRANSITIONS = {
  proposed: {
    propose: "proposed",
    suggest: "proposed",
    agree: "agreed",
    withdraw: "cancelled",
    decline: "cancelled",
    lapse: "cancelled",
  },
  agreed: {
    propose: "proposed",
    suggest: "proposed",
    hold: "held",
    withdraw: "cancelled",
    decline: "cancelled",
    lapse: "cancelled",
  },
  held: {},
  cancelled: {},
} as const satisfies TransitionTable<JointDayState>;

/**
 * What the point collects. `ask` names a day, also another one; `not_home` and `cannot_come` are the point's
 * words, `overdue` is the clock's, and what was missed can still be collected, asked for anew, or brought.
 * `end` is where nothing of the gift is to come any more.
 */
export const COLLECTION_TRANSITIONS = {
  asked: {
    ask: "asked",
    collect: "collected",
    not_home: "missed",
    cannot_come: "missed",
    overdue: "missed",
    bring: "brought",
    end: "cancelled",
  },
  missed: { ask: "asked", collect: "collected", bring: "brought", end: "cancelled" },
  collected: {},
  brought: {},
  cancelled: {},
} as const satisfies TransitionTable<CollectionState>;
