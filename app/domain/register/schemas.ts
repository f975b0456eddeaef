import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { creditCode } from "~/domain/kernel/typed/code";
import { CalendarDay } from "~/domain/kernel/typed/day";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { bodyPhone } from "~/domain/kernel/typed/phoneField";
import { folded } from "~/domain/kernel/typed/signs";
import { required } from "~/domain/kernel/typed/text";
import { Version } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { ENTRY_KINDS } from "./vocabulary";

const names = {
  nameHans: required(LENGTHS.bodyName),
  nameHant: required(LENGTHS.bodyName),
  nameEn: required(LENGTHS.bodyNameEn),
};
/** First and last day, both of them included. */
const days = { validFrom: CalendarDay, validTo: CalendarDay };
const inOrder = ({ validFrom, validTo }: { validFrom: string; validTo: string }) => validTo >= validFrom;
/** Said at once, also while another field is wrong: only the two days must have been read. */
const backwards = {
  path: ["validTo"],
  error: say("register.endsBeforeItBegins"),
  when: ({ value }: { value: unknown }) => {
    const { validFrom, validTo } = (value ?? {}) as Readonly<{ validFrom?: unknown; validTo?: unknown }>;
    return typeof validFrom === "string" && typeof validTo === "string";
  },
};

const registration = { ...names, contactPhone: bodyPhone, number: required(LENGTHS.registration), ...days };

/** A body new to the register, with its registration as it stands. */
export const EnterBodyInput = z
  .object({
    bodyKind: z.enum(["organisation", "charity"], { error: say("common.pleaseChoose") }),
    creditCode: creditCode(say("register.creditCodeWrong")),
    ...registration,
    requestKey: RequestKey,
  })
  .refine(inOrder, backwards);
export type EnterBodyInput = z.infer<typeof EnterBodyInput>;

/** What may be entered for a body that is known: each of the page's forms says which it is. */
export const ENTRY_FORMS = {
  registration: z
    .object({ form: z.literal("registration"), ...registration, requestKey: RequestKey })
    .refine(inOrder, backwards),
  fundraising_certificate: z
    .object({
      form: z.literal("fundraising_certificate"),
      number: required(LENGTHS.registration),
      ...days,
      requestKey: RequestKey,
    })
    .refine(inOrder, backwards),
  programme: z
    .object({
      form: z.literal("programme"),
      filingNumber: required(LENGTHS.registration),
      ...names,
      ...days,
      requestKey: RequestKey,
    })
    .refine(inOrder, backwards),
  filing: z
    .object({ form: z.literal("filing"), programmeId: z.uuid(), ...days, requestKey: RequestKey })
    .refine(inOrder, backwards),
  charity_account: z.object({
    form: z.literal("charity_account"),
    stripeAccountId: required(LENGTHS.account)
      .transform((typed) => folded(typed))
      .refine((account) => /^acct_\w{4,60}$/.test(account), say("register.accountWrong")),
    validFrom: CalendarDay,
    requestKey: RequestKey,
  }),
} as const;
export type EntryForm = keyof typeof ENTRY_FORMS;
export type EntryInput = z.infer<(typeof ENTRY_FORMS)[EntryForm]>;

/** An entry as its page showed it. */
export const DecideEntryInput = z.object({ kind: z.enum(ENTRY_KINDS), entryId: z.uuid(), version: Version });
export type DecideEntryInput = z.infer<typeof DecideEntryInput>;
