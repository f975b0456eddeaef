import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { readMail } from "~/domain/kernel/typed/mail";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { folded } from "~/domain/kernel/typed/signs";
import { say } from "~/i18n/messages";
import type { ContactKind } from "~db/schema/entry";

/** Where a code goes to: a number in the form by which two are compared, or a mail address in its one. */
export type Contact = Readonly<{ kind: ContactKind; address: string }>;

/** What was typed into the one field for both; undefined for what is neither. */
export function readContact(typed: string): Contact | undefined {
  const isMail = folded(typed).includes("@");
  const address = isMail ? readMail(typed) : canonicalPhone(typed);
  return address === undefined ? undefined : { kind: isMail ? "mail" : "phone", address };
}

/** A contact that a form sends. Errors: `common.pleaseFill`, `common.tooLong`, `account.contactWrong`. */
export const ContactField = z
  .string({ error: say("common.pleaseFill") })
  .min(1, say("common.pleaseFill"))
  .max(LENGTHS.mail, say("common.tooLong"))
  .transform((typed, issues) => {
    const contact = readContact(typed);
    if (contact) return contact;
    issues.addIssue({ code: "custom", message: say("account.contactWrong") });
    return z.NEVER;
  });

/** Enough of a contact to know it again, too little to reach it. */
export const hintOf = ({ kind, address }: Contact): string =>
  kind === "mail" ? address.replace(/^(.).*(?=@)/, "$1…") : `${address.slice(0, 3)}****${address.slice(-4)}`;
