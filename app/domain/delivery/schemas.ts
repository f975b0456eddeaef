import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { optionalText } from "~/domain/kernel/typed/text";
import { Count, Quantity, wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { YuanAmount } from "~/domain/kernel/typed/yuan";
import { type MessageKey, say } from "~/i18n/messages";
import { PROOFS } from "~db/schema/delivery";
import { CORRECTION_REASONS, RECEIVERS, REFUSAL_REASONS } from "~db/schema/goodsVocabulary";
import { FAILED_OUTCOMES, LOSS_REASONS, WRITE_OFF_REASONS } from "./vocabulary";

const Chosen = z.uuid({ error: say("common.pleaseChoose") });

/**
 * How many parcels of this promise or offer the page showed: another one since then means that a colleague
 * was faster.
 */
const ParcelsSeen = wholeNumber({ least: 0, most: 100_000 }).optional();

export const ReceiveInput = z.object({
  pledgeId: z.uuid(),
  purchaseId: z.uuid().optional(),
  pointId: z.uuid(),
  counted: Quantity,
  parcelsSeen: ParcelsSeen,
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type ReceiveInput = z.infer<typeof ReceiveInput>;

/** Offered goods at the counter: the rest is known from the offer. */
export const ReceiveOfferInput = z.object({
  counted: Quantity,
  parcelsSeen: ParcelsSeen,
  occurredAt: Moment,
  requestKey: RequestKey,
});

export const InspectInput = z.object({
  accepted: Count,
  refused: Count,
  refusalReason: z.enum(REFUSAL_REASONS, { error: say("common.pleaseChoose") }).optional(),
  refusedGoTo: z.enum(["returned", "disposed"], { error: say("common.pleaseChoose") }).optional(),
  valueBasis: z.enum(["invoice", "fair_value", "not_valued"], { error: say("common.pleaseChoose") }),
  unitValueFen: YuanAmount.optional(),
  bestBefore: CalendarDay.optional(),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type InspectInput = z.infer<typeof InspectInput>;

/** What is really there, against the figure that the page showed. */
export const CorrectCountInput = z
  .object({
    shall: Count,
    was: Count,
    reason: z.enum(CORRECTION_REASONS, { error: say("common.pleaseChoose") }),
    requestKey: RequestKey,
  })
  .refine(({ shall, was }) => shall !== was, { path: ["shall"], error: say("store.sameCount") });
export type CorrectCountInput = z.infer<typeof CorrectCountInput>;

export const DecideCorrectionInput = z.object({ correctionId: z.uuid() });

/**
 * The same as its page sends it: what is missing is said beside its field, and a price that cannot be counts
 * for nothing.
 */
export const InspectForm = InspectInput.superRefine((found, issues) => {
  const missing = (path: string, message: MessageKey) => {
    issues.addIssue({ code: "custom", path: [path], message });
  };

  if (found.refused > 0n && found.refusalReason === undefined)
    missing("refusalReason", say("common.pleaseChoose"));
  if (found.refused > 0n && found.refusedGoTo === undefined)
    missing("refusedGoTo", say("common.pleaseChoose"));
  if (found.accepted > 0n && found.valueBasis !== "not_valued" && found.unitValueFen === undefined)
    missing("unitValueFen", say("common.amountWrong"));
}).transform(({ unitValueFen, ...found }) =>
  found.valueBasis === "not_valued" || unitValueFen === undefined ? found : { ...found, unitValueFen },
);

export const PackInput = z.object({
  needId: z.uuid(),
  pointId: z.uuid(),
  /** Units of each lot; without it everything that stands there and is still good. */
  lots: z
    .array(z.object({ lotId: z.uuid(), quantity: Count }))
    .max(200)
    .optional(),
  requestKey: RequestKey,
});
export type PackInput = z.infer<typeof PackInput>;

export const DispatchInput = z.object({
  courierId: Chosen,
  occurredAt: Moment.optional(),
  requestKey: RequestKey.optional(),
});
export type DispatchInput = z.infer<typeof DispatchInput>;

const parts = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.object({ itemId: z.uuid(), ...shape })).max(200);

export const HandoverInput = z.object({
  /** Units handed over of each item; what is not named is handed over whole. */
  items: parts({ quantity: Count }).default([]),
  receiver: z.enum(RECEIVERS, { error: say("common.pleaseChoose") }).default("self"),
  proof: z.enum(PROOFS, { error: say("common.pleaseChoose") }),
  /** The token of the slip's QR, or its four digits. */
  secret: optionalText(LENGTHS.secret),
  witnessId: z.uuid({ error: say("common.pleaseChoose") }).optional(),
  /** Name and relation of a second person who was there; sealed. */
  secondWitness: optionalText(LENGTHS.witness),
  signedCount: Quantity.optional(),
  fileId: z.uuid().optional(),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type HandoverInput = z.infer<typeof HandoverInput>;

/** A picture sent with a form; an empty choice is none. */
const Picture = z
  .instanceof(File, { error: say("common.pleaseCheck") })
  .transform((file) => (file.size > 0 ? file : undefined))
  .optional();

/** The handover as the deliverer's page sends it: fields of proofs that were not chosen are left out. */
export const HandoverForm = HandoverInput.omit({ fileId: true })
  .extend({ photo: Picture, list: Picture, keptPhoto: z.uuid().optional(), keptList: z.uuid().optional() })
  .transform(({ photo, list, keptPhoto, keptList, secret, secondWitness, signedCount, ...input }) => ({
    ...input,
    picture:
      input.proof === "photo"
        ? { file: photo, keptId: keptPhoto }
        : input.proof === "signed_list"
          ? { file: list, keptId: keptList }
          : undefined,
    ...(input.proof === "secret" && secret !== undefined ? { secret } : {}),
    ...(input.proof === "two_witnesses" && secondWitness !== undefined ? { secondWitness } : {}),
    ...(input.proof === "signed_list" && signedCount !== undefined ? { signedCount } : {}),
  }));

export const OutcomeInput = z.object({
  outcome: z.enum(FAILED_OUTCOMES, { error: say("common.pleaseChoose") }),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type OutcomeInput = z.infer<typeof OutcomeInput>;

export const TryAgainInput = z.object({ courierId: z.uuid().optional(), requestKey: RequestKey });
export type TryAgainInput = z.infer<typeof TryAgainInput>;

export const ReturnInput = z.object({
  /** Damaged units of what came back, which leave the store; the rest goes back on the shelf. */
  items: parts({ disposed: Count }).default([]),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type ReturnInput = z.infer<typeof ReturnInput>;

export const LoseInput = z.object({
  /** Units lost of each item; without it everything that the deliverer still has. */
  items: parts({ quantity: Count }).default([]),
  reason: z.enum(LOSS_REASONS, { error: say("common.pleaseChoose") }),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type LoseInput = z.infer<typeof LoseInput>;

export const WriteOffInput = z.object({
  lotId: z.uuid(),
  pointId: z.uuid(),
  quantity: Quantity,
  reason: z.enum(WRITE_OFF_REASONS, { error: say("common.pleaseChoose") }),
  occurredAt: Moment,
  requestKey: RequestKey,
});
export type WriteOffInput = z.infer<typeof WriteOffInput>;

export const AcknowledgeInput = z.object({
  said: z.enum(["came", "did_not_come", "less_came"], { error: say("common.pleaseChoose") }),
  occurredAt: Moment,
});
export const AttestInput = z.object({
  said: z.enum(["present", "absent"], { error: say("common.pleaseChoose") }),
});
export const AttestForm = AttestInput.extend({ deliveryId: z.uuid() });
export const DecidePhotoInput = z.object({
  decision: z.enum(["pass", "keep"], { error: say("common.pleaseChoose") }),
});
