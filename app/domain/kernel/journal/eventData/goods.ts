import { z } from "zod";
import { PROOFS } from "~db/schema/delivery";
import { ARRIVAL_WAYS, DAY_PARTS } from "~db/schema/giving";
import { RECEIVERS } from "~db/schema/goodsVocabulary";
import { CodeDatum, CountDatum, DayDatum, FenDatum, IdDatum } from "./atoms";

const Moved = z.strictObject({ delivery: CodeDatum, quantity: CountDatum });
const Corrected = z.strictObject({
  stage: z.enum(["counted", "inspected"]),
  was: CountDatum,
  shall: CountDatum,
});
const Rest = z.strictObject({ rest: CountDatum });
const Came = z.strictObject({ counted: CountDatum, rest: CountDatum });
const OnDay = z.strictObject({ day: DayDatum });
const Asked = z.strictObject({ day: DayDatum, part: z.enum(DAY_PARTS) });

/** Goods on their way, and the days on which they go. */
export const OF_GOODS = {
  "allocation.propose": z.strictObject({ score: z.number() }),
  "allocation.approve": z.strictObject({ lot: CodeDatum, quantity: CountDatum }),
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
  "delivery.pack": z.strictObject({ pointId: IdDatum }),
  "delivery.wrong_secret": z.strictObject({ tries: CountDatum }),
  "delivery_item.pack": z.strictObject({ delivery: CodeDatum, lot: CodeDatum, quantity: CountDatum }),
  "delivery_item.dispatch": Moved,
  "delivery_item.hand_over": Moved,
  "delivery_item.bring_back": Moved,
  "delivery_item.lose": Moved,
  "delivery_item.dispose": Moved,
  "feedback.hear": z.strictObject({ rating: CountDatum }),
  "joint_day.propose": OnDay,
  "joint_day.suggest": OnDay,
  "joint_day.agree": OnDay,
  "joint_day.hold": OnDay,
  "joint_day.lapse": OnDay,
  "joint_day.withdraw": OnDay,
  "joint_day.decline": OnDay,
  "lot.release": z.strictObject({ lot: CodeDatum, free: CodeDatum, quantity: CountDatum }),
  "lot.write_off": z.strictObject({
    lot: CodeDatum,
    quantity: CountDatum,
    to: z.enum(["returned", "lost", "disposed"]),
  }),
  "offer.receive_part": Came,
  "offer.receive": Came,
  "offer.return_part": z.strictObject({ refused: CountDatum }),
  "offer.correct": Rest,
  "offer.correct_whole": Rest,
  "offer.reopen": Rest,
  "offer.withdraw": Rest,
  "offer.end_rest": Rest,
  "parcel.receive": z.strictObject({ counted: CountDatum, rest: CountDatum, pointId: IdDatum }),
  "parcel.inspect": z.strictObject({
    accepted: CountDatum,
    refused: CountDatum,
    refusedGoTo: z.enum(["returned", "disposed"]).nullable(),
    pointId: IdDatum,
    /** What follows is said of goods that were accepted. */
    label: CodeDatum.exactOptional(),
    valueBasis: z.enum(["invoice", "fair_value", "not_valued"]).exactOptional(),
    unitValueFen: FenDatum.nullable().exactOptional(),
    bestBefore: DayDatum.nullable().exactOptional(),
  }),
  "pledge.arrange": OnDay,
  "pledge.confirm": z.strictObject({ way: z.enum(ARRIVAL_WAYS) }),
  /** The parcel that never came, where it was that. */
  "pledge.correct": z.strictObject({ parcel: IdDatum.exactOptional() }),
  "pledge.postpone": OnDay,
  "service_visit.record": z.strictObject({ quantity: CountDatum }),
} as const;
