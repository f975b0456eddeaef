import { z } from "zod";
import { bodyPhone } from "~/domain/kernel/typed/phoneField";
import { say } from "~/i18n/messages";
import { isCreditCode } from "~/domain/kernel/creditCode";
import { CalendarDay, RequestKey, required } from "~/domain/needs/schemas";
import { ENTRY_KINDS } from "./words";

const names = { nameHans: required(60), nameHant: required(60), nameEn: required(120) };
/** First and last day, both of them included. */
const days = { validFrom: CalendarDay, validTo: CalendarDay };
const inOrder = ({ validFrom, validTo }: { validFrom: string; validTo: string }) => validTo >= validFrom;
const backwards = { path: ["validTo"], error: say("register.endsBeforeItBegins") };

const registration = { ...names, contactPhone: bodyPhone, number: required(60), ...days };

/** A body new to the register, with its registration as it stands. */
export const EnterBodyInput = z
  .object({
    bodyKind: z.enum(["organisation", "charity"], { error: say("common.pleaseChoose") }),
    creditCode: z
      .string({ error: say("common.pleaseFill") })
      .trim()
      .toUpperCase()
      .refine(isCreditCode, say("register.creditCodeWrong")),
    ...registration,
    requestKey: RequestKey,
  })
  .refine(inOrder, backwards);
export type EnterBodyInput = z.infer<typeof EnterBodyInput>;

/** What may be entered for a body that is known: each of the page's forms says which it is. */
export const ENTRY_FORMS = {
  registration: z.object({ form: z.literal("registration"), ...registration, requestKey: RequestKey }).refine(inOrder, backwards),
  fundraising_certificate: z.object({ form: z.literal("fundraising_certificate"), number: required(60), ...days, requestKey: RequestKey }).refine(inOrder, backwards),
  programme: z.object({ form: z.literal("programme"), filingNumber: required(60), ...names, ...days, requestKey: RequestKey }).refine(inOrder, backwards),
  filing: z.object({ form: z.literal("filing"), programmeId: z.uuid(), ...days, requestKey: RequestKey }).refine(inOrder, backwards),
  charity_account: z.object({
    form: z.literal("charity_account"),
    stripeAccountId: z
      .string({ error: say("common.pleaseFill") })
      .trim()
      .regex(/^acct_\w{4,60}$/, say("register.accountWrong")),
    validFrom: CalendarDay,
    requestKey: RequestKey,
  }),
} as const;
export type EntryForm = keyof typeof ENTRY_FORMS;
export type EntryInput = z.infer<(typeof ENTRY_FORMS)[EntryForm]>;

/** An entry as its page showed it. */
export const DecideEntryInput = z.object({ kind: z.enum(ENTRY_KINDS), entryId: z.uuid(), version: z.coerce.number().int() });
export type DecideEntryInput = z.infer<typeof DecideEntryInput>;
