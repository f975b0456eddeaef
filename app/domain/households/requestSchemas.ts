import { z } from "zod";
import { say } from "~/i18n/messages";
import { RequestKey, ShanghaiTime } from "~/domain/needs/schemas";
import { ABOUT_ONE_WISH, ERASE_REASONS, OUTCOMES_OF } from "./requestWords";
import { REQUEST_KINDS } from "~db/schema/requests";
import { optionalText } from "./schemas";

/** What a recipient asks for. What is to be corrected must be said. */
export const RecipientRequestInput = z
  .object({
    kind: z.enum(REQUEST_KINDS, { error: say("common.pleaseChoose") }),
    /** The one wish it is about; left open where it is about the household and all its wishes. */
    needId: z
      .union([z.uuid(), z.literal("")], { error: say("common.pleaseChoose") })
      .transform((value) => (value === "" ? undefined : value))
      .optional(),
    words: optionalText(500),
    occurredAt: ShanghaiTime,
    requestKey: RequestKey,
  })
  .refine(({ kind, words }) => kind !== "correct" || words !== undefined, { path: ["words"], error: say("households.sayWhatToCorrect") })
  .refine(({ kind, needId }) => needId === undefined || ABOUT_ONE_WISH.some((known) => known === kind), { path: ["needId"], error: say("households.aboutAllWishes") });

export const CloseRequestInput = z.object({
  outcome: z.enum(OUTCOMES_OF.correct, { error: say("common.pleaseChoose") }),
  answer: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(500, say("common.tooLong")),
});

/** The household's code, typed by hand, so that nobody is erased by a slip of the finger. */
export const EraseInput = z.object({
  code: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill")),
  reason: z.enum(ERASE_REASONS, { error: say("common.pleaseChoose") }),
});
