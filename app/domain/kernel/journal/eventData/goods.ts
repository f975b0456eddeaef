import { z } from "zod";
import { ARRIVAL_WAYS, DAY_PARTS } from "~db/schema/giving";
import { PROOFS, RECEIVERS } from "~db/schema/delivery";
import { Code, Count, Day, Fen, Id } from "./atoms";

const Moved = z.strictObject({ delivery: Code, quantity: Count });
const Corrected = z.strictObject({ stage: z.enum(["counted", "inspected"]), was: Count, shall: Count });
const Rest = z.strictObject({ rest: Count });
const Came = z.strictObject({ counted: Count, rest: Count });
const OnDay = z.strictObject({ day: Day });
const Asked = z.strictObject({ day: Day, part: z.enum(DAY_PARTS) });

/** Goods on their way, and the days on which they go. */
export const OF_GOODS = {
  "allocation.propose": z.strictObject({ score: z.number() }),
  "allocation.approve": z.strictObject({ lot: Code, quantity: Count }),
  "collection.ask": Asked,
  "collection.not_home": OnDay,
  "collection.cannot_come": OnDay,
  "collection.overdue": OnDay,
  "count_correction.propose": Corrected,
  "count_correction.approve": Corrected,
  "delivery.attest": z.strictObject({ said: z.enum(["present", "absent"]) }),
  "delivery.hand_over": z.strictObject({
    proof: z.enum(PROOFS),
    receiver: z.enum(RECEIVERS),
    whole: z.boolean(),
  }),
  "delivery.pack": z.strictObject({ pointId: Id }),
  "delivery.wrong_secret": z.strictObject({ tries: Count }),
  "delivery_item.pack": z.strictObject({ delivery: Code, lot: Code, quantity: Count }),
  "delivery_item.dispatch": Moved,
  "delivery_item.hand_over": Moved,
  "delivery_item.bring_back": Moved,
  "delivery_item.lose": Moved,
  "delivery_item.dispose": Moved,
  "feedback.hear": z.strictObject({ rating: Count }),
  "joint_day.propose": OnDay,
  "joint_day.suggest": OnDay,
  "joint_day.agree": OnDay,
  "joint_day.hold": OnDay,
  "joint_day.lapse": OnDay,
  "joint_day.withdraw": OnDay,
  "joint_day.decline": OnDay,
  "lot.release": z.strictObject({ lot: Code, free: Code, quantity: Count }),
  "lot.write_off": z.strictObject({
    lot: Code,
    quantity: Count,
    to: z.enum(["returned", "lost", "disposed"]),
  }),
  "offer.receive_part": Came,
  "offer.receive": Came,
  "offer.return_part": z.strictObject({ refused: Count }),
  "offer.correct": Rest,
  "offer.correct_whole": Rest,
  "offer.reopen": Rest,
  "offer.withdraw": Rest,
  "offer.end_rest": Rest,
  "parcel.receive": z.strictObject({ counted: Count, rest: Count, pointId: Id }),
  "parcel.inspect": z.strictObject({
    accepted: Count,
    refused: Count,
    refusedGoTo: z.enum(["returned", "disposed"]).nullable(),
    pointId: Id,
    /** What follows is said of goods that were accepted. */
    label: Code.exactOptional(),
    valueBasis: z.enum(["invoice", "fair_value", "not_valued"]).exactOptional(),
    unitValueFen: Fen.nullable().exactOptional(),
    bestBefore: Day.nullable().exactOptional(),
  }),
  "pledge.arrange": OnDay,
  "pledge.confirm": z.strictObject({ way: z.enum(ARRIVAL_WAYS) }),
  /** The parcel that never came, where it was that. */
  "pledge.correct": z.strictObject({ parcel: Id.exactOptional() }),
  "pledge.postpone": OnDay,
  "service_visit.record": z.strictObject({ quantity: Count }),
} as const;
