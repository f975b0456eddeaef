import type { DeliveryState } from "~db/schema/delivery";
import type { TransitionTable } from "~/domain/kernel/states";

/** A parcel's way from the service point to the hands it is for. `confirmed` is said by a person, never by a clock. */
export const DELIVERY_TRANSITIONS = {
  packed: { show_secret: "packed", dispatch: "dispatched", cancel: "cancelled" },
  dispatched: { show_secret: "dispatched", wrong_secret: "dispatched", hand_over: "handed_over", fail: "failed_attempt", lose: "lost" },
  failed_attempt: { show_secret: "failed_attempt", dispatch: "dispatched", bring_back: "returned", lose: "lost" },
  handed_over: { confirm: "confirmed", overdue: "handed_over" },
  confirmed: {},
  returning: { bring_back: "returned", lose: "lost" },
  returned: {},
  lost: {},
  cancelled: {},
} as const satisfies TransitionTable<DeliveryState>;
