import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { visible } from "~/domain/kernel/typed/signs";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Version } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import {
  CANNOT_REASONS,
  FOLLOW_UP_OUTCOMES,
  NOT_HELPED_REASONS,
  OWNER_ANSWERS,
  WITHOUT_REASONS,
} from "~db/schema/referralVocabulary";
import { PLAIN_STEPS } from "./states";

const choice = { error: say("common.pleaseChoose") };
const department = required(LENGTHS.department, 2);

/** Departments typed one a line; the first of them leads. */
const Departments = z
  .string({ error: say("common.pleaseFill") })
  .transform((typed) => [
    ...new Set(
      visible(typed)
        .split(/[\n、；;]/)
        .flatMap((line) => line.trim() || []),
    ),
  ])
  .pipe(z.array(department).min(2, say("referrals.atLeastTwo")).max(8, say("common.tooMuch")));

const common = {
  householdId: z.uuid(),
  /** The referral that this one takes the place of. */
  insteadOf: z.uuid().optional(),
  asked: optionalText(LENGTHS.words),
  requestKey: RequestKey,
};

export const CreateReferralInput = z.discriminatedUnion(
  "kind",
  [
    z.object({
      kind: z.literal("item"),
      itemCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
      ...common,
    }),
    z.object({ kind: z.literal("joint"), departments: Departments, ...common }),
  ],
  choice,
);
export type CreateReferralInput = z.infer<typeof CreateReferralInput>;

/** Which referral, and the version that the writer saw. */
const seen = { referralId: z.uuid(), version: Version };
const occurredAt = Moment.optional();

/** What the forms of a referral's page send, each told by its `act`. */
export const ReferralActInput = z.discriminatedUnion("act", [
  z.object({ act: z.literal("step"), step: z.enum(PLAIN_STEPS, choice), occurredAt, ...seen }),
  z.object({ act: z.literal("try"), occurredAt, ...seen }),
  z.object({
    act: z.literal("help"),
    received: z.literal("yes").optional(),
    without: z.enum(WITHOUT_REASONS, choice).optional(),
    occurredAt,
    ...seen,
  }),
  z.object({
    act: z.literal("close"),
    reason: z.enum(NOT_HELPED_REASONS, choice).exclude(["referred_elsewhere"], choice),
    occurredAt,
    ...seen,
  }),
  z.object({ act: z.literal("add_owner"), department, ...seen }),
  z.object({ act: z.literal("remove_owner"), ownerId: z.uuid(), ...seen }),
  z.object({ act: z.literal("name_lead"), ownerId: z.uuid(), ...seen }),
  z
    .object({
      act: z.literal("hear_owner"),
      ownerId: z.uuid(),
      answer: z.enum(OWNER_ANSWERS, choice),
      cannotReason: z.enum(CANNOT_REASONS, choice).optional(),
      occurredAt,
      ...seen,
    })
    .refine(({ answer, cannotReason }) => answer !== "cannot" || cannotReason !== undefined, {
      path: ["cannotReason"],
      message: say("common.pleaseChoose"),
    }),
  z.object({
    act: z.literal("follow_up"),
    followUpId: z.uuid(),
    version: Version,
    outcome: z.enum(FOLLOW_UP_OUTCOMES, choice),
    occurredAt,
  }),
]);
export type ReferralAct = z.infer<typeof ReferralActInput>;
/** One of those acts by its name. */
export type ActOf<Name extends ReferralAct["act"]> = Omit<Extract<ReferralAct, { act: Name }>, "act">;
