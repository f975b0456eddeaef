import { z } from "zod";
import { type MessageKey, say } from "~/i18n/messages";
import { visible } from "./signs";

/** A typed text without invisible signs and outer blanks, unless something is wrong with it. */
const words = (wrongWith: (text: string) => MessageKey | undefined) =>
  z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
    const text = visible(typed).trim();
    const message = wrongWith(text);
    if (message === undefined) return text;
    issues.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/**
 * A text that must be there: without invisible signs and outer blanks, a line break counted once. The form
 * shows the same `most` as its `maxLength`. Errors: `common.pleaseFill`, `common.tooLong`.
 *
 * @param most signs as a browser counts them (UTF-16 units)
 * @param least fewer signs than this say nothing
 */
export const required = (most: number, least = 1) =>
  words((text) =>
    text.length < least ? say("common.pleaseFill") : text.length > most ? say("common.tooLong") : undefined,
  );

/** The same where nothing needs to be written: undefined when nothing was. Errors: `common.tooLong`. */
export const optionalText = (most: number) =>
  words((text) => (text.length > most ? say("common.tooLong") : undefined))
    .transform((text) => (text === "" ? undefined : text))
    .optional();
