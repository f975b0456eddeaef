import type { TransitionTable } from "~/domain/kernel/states";
import type { DeliveryState, ItemOutcome } from "~db/schema/delivery";

/** What may still be said of goods that somebody took, before and after it is acknowledged. */
const AFTERWARDS = {
  bring_back_rest: "handed_over",
  lose_part: "handed_over",
  pass_photo: "handed_over",
  keep_photo: "handed_over",
  attest: "handed_over",
  dispute: "handed_over",
} as const;

/**
 * A parcel's way from the service point to the hands it is for. `confirmed` is said by a person, never by a
 * clock: the clock only writes `overdue`, "handed over, not confirmed". A part handover is no state: what is
 * left travels back by `bring_back_rest`.
 */
export const DELIVERY_TRANSITIONS = {
  packed: { show_secret: "packed", dispatch: "dispatched", cancel: "cancelled" },
  dispatched: {
    show_secret: "dispatched",
    wrong_secret: "dispatched",
    hand_over: "handed_over",
    fail: "failed_attempt",
    turn_back: "returning",
    lose_part: "dispatched",
    lose: "lost",
    bring_back: "returned",
  },
  failed_attempt: {
    show_secret: "failed_attempt",
    try_again: "dispatched",
    turn_back: "returning",
    lose_part: "failed_attempt",
    lose: "lost",
    bring_back: "returned",
  },
  returning: { lose_part: "returning", lose: "lost", bring_back: "returned" },
  handed_over: { ...AFTERWARDS, overdue: "handed_over", confirm: "confirmed" },
  confirmed: {
    bring_back_rest: "confirmed",
    lose_part: "confirmed",
    pass_photo: "confirmed",
    keep_photo: "confirmed",
    attest: "confirmed",
  },
  returned: {},
  lost: {},
  cancelled: {},
} as const satisfies TransitionTable<DeliveryState>;

/** The parcel is with the person who delivers it. */
export const OUT_STATES: readonly DeliveryState[] = ["dispatched", "failed_attempt", "returning"];

export type FailedOutcome = Exclude<ItemOutcome, "handed_over">;

/**
 * Nobody at home is tried again; every other outcome brings the goods back to the point, where the next step
 * is decided.
 */
export const EVENT_OF_OUTCOME: Readonly<Record<FailedOutcome, "fail" | "turn_back">> = {
  not_home: "fail",
  refused: "turn_back",
  damaged: "turn_back",
  died_or_moved: "turn_back",
};

type Counted = Readonly<{
  quantity: bigint;
  deliveredQuantity: bigint;
  returnedQuantity: bigint;
  lostQuantity: bigint;
  disposedQuantity: bigint;
}>;

/** Units of an item that are neither delivered, nor back, nor gone. */
export const remaining = (item: Counted): bigint =>
  item.quantity - item.deliveredQuantity - item.returnedQuantity - item.lostQuantity - item.disposedQuantity;
