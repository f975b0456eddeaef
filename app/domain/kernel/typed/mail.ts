import { z } from "zod";
import { say } from "~/i18n/messages";
import { folded } from "./signs";

/** The most signs of an address. */
export const MAIL_LENGTH = 120;

const Address = z.email().max(MAIL_LENGTH);

/** An e-mail address in its one form: half width, lower case, no blanks. Undefined for what is none. */
export function readMail(typed: string): string | undefined {
  const read = Address.safeParse(folded(typed).replace(/\s/g, "").toLowerCase());
  return read.success ? read.data : undefined;
}

/** An address that a form sends. Error: `identity.mailWrong`. */
export const Mail = z.string({ error: say("identity.mailWrong") }).transform((typed, issues) => {
  const mail = readMail(typed);
  if (mail !== undefined) return mail;
  issues.addIssue({ code: "custom", message: say("identity.mailWrong") });
  return z.NEVER;
});
