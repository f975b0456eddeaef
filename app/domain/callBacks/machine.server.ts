import { machine } from "~/domain/kernel/transition.server";
import { callBacks } from "~db/schema/callBacks";

export const CALL_BACK = machine({
  entity: "call_back",
  table: callBacks,
  transitions: {
    waiting: { open: "in_hand", escalate: "waiting" },
    in_hand: { open: "in_hand", miss: "waiting", escalate: "in_hand", close: "done" },
    done: {},
  },
});
