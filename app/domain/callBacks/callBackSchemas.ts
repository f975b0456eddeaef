import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { personPhone } from "~/domain/kernel/typed/phoneField";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { Version } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { ASKED_FOR, CALL_BACK_OUTCOMES } from "~db/schema/callBackVocabulary";

/**
 * "Call me back." The request key becomes the call-back's id, so that a double tap of a visitor is one
 * call-back.
 */
export const AskCallBackInput = z
  .object({
    askedFor: z.enum(ASKED_FOR, { error: say("common.pleaseChoose") }).default("myself"),
    /** The other person, where it is for somebody else. */
    about: optionalText(LENGTHS.personName),
    name: required(LENGTHS.personName),
    phone: personPhone,
    town: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    words: required(LENGTHS.words),
    cannotHear: z
      .literal("yes")
      .optional()
      .transform((ticked) => ticked === "yes"),
    requestKey: z.uuid(),
  })
  .refine(({ askedFor, about }) => askedFor !== "other" || about !== undefined, {
    path: ["about"],
    error: say("callBacks.sayForWhom"),
    // Also where something else is wrong: all of it is said at once.
    when: () => true,
  });
export type AskCallBackInput = z.infer<typeof AskCallBackInput>;

/** What was told, as it lies sealed. */
export const ToldToCallBack = z.object({
  name: z.string(),
  phone: z.string(),
  words: z.string(),
  about: z.string().optional(),
});

/** What came of a try: `no_answer` may be tried again, everything else ends the call-back. */
const ANSWERS = [...CALL_BACK_OUTCOMES.filter((outcome) => outcome !== "not_reached"), "no_answer"] as const;

export const AnswerCallBackInput = z.object({
  callBackId: z.uuid(),
  version: Version,
  answer: z.enum(ANSWERS, { error: say("common.pleaseChoose") }),
  words: optionalText(LENGTHS.words),
});

/** Which one a button opens. */
export const OpenCallBackInput = z.object({ callBackId: z.uuid() });
