import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Moment } from "~/domain/kernel/typed/moment";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { say } from "~/i18n/messages";
import { REQUEST_KINDS } from "~db/schema/requests";
import { ABOUT_ONE_WISH, ERASE_REASONS, OUTCOMES_OF } from "./requestVocabulary";

/** What a recipient asks for. What is to be corrected must be said. */
export const RecipientRequestInput = z
  .object({
    kind: z.enum(REQUEST_KINDS, { error: say("common.pleaseChoose") }),
    /** The one wish it is about; left open where it is about the household and all its wishes. */
    needId: z
      .union([z.uuid(), z.literal("")], { error: say("common.pleaseChoose") })
      .transform((value) => (value === "" ? undefined : value))
      .optional(),
    words: optionalText(LENGTHS.words),
    occurredAt: Moment,
    requestKey: RequestKey,
  })
  .refine(({ kind, words }) => kind !== "correct" || words !== undefined, {
    path: ["words"],
    error: say("households.sayWhatToCorrect"),
  })
  .refine(({ kind, needId }) => needId === undefined || ABOUT_ONE_WISH.some((known) => known === kind), {
    path: ["needId"],
    error: say("households.aboutAllWishes"),
  });

export const CloseRequestInput = z.object({
  outcome: z.enum(OUTCOMES_OF.correct, { error: say("common.pleaseChoose") }),
  answer: required(LENGTHS.words),
});

/** The same as its page sends it, which shows several. */
export const CloseRequestForm = CloseRequestInput.extend({ requestId: z.uuid() });

/** The household's code, typed by hand, so that nobody is erased by a slip of the finger. */
export const EraseInput = z.object({
  code: required(LENGTHS.code),
  reason: z.enum(ERASE_REASONS, { error: say("common.pleaseChoose") }),
});
