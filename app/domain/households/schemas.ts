import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { say } from "~/i18n/messages";
import { AGE_BANDS, CONSENT_SCOPES, OPENING_REASONS } from "~db/schema/households";

/** Mainland ID number: 17 digits and a check character by ISO 7064 MOD 11-2 (GB 11643). */
export function isIdNumber(typed: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(typed)) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(typed[index]), 0);
  return "10X98765432"[sum % 11] === typed[17]?.toUpperCase();
}

const text = (max: number) => z.string().trim().max(max, say("common.tooLong"));
export const optionalText = (max: number) =>
  text(max)
    .transform((value) => (value === "" ? undefined : value))
    .optional();

export const PersonalData = z.object({
  name: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(60, say("common.tooLong")),
  phone: optionalText(30),
  address: optionalText(200),
  disability: optionalText(200),
  illness: optionalText(200),
  dibaoNumber: optionalText(60),
  income: optionalText(60),
  school: optionalText(100),
  village: optionalText(100),
  guardian: optionalText(60),
  idNumber: optionalText(18).refine((typed) => typed === undefined || isIdNumber(typed), say("households.idNumberWrong")),
});
export type PersonalData = z.infer<typeof PersonalData>;

/** A correction of what is kept of a person, on the record as it was opened. */
export const CorrectionInput = PersonalData.extend({ version: OpenedVersion });
export type CorrectionInput = z.infer<typeof CorrectionInput>;

export const HouseholdInput = z.object({
  townCode: z.string().min(1),
  kind: z.enum(["household", "group"]),
  heads: z.coerce
    .number({ error: say("common.pleaseFill") })
    .int()
    .min(1, say("common.atLeastOne"))
    .max(5000, say("common.tooMuch")),
  groupCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  ageBand: z.enum(AGE_BANDS, { error: say("common.pleaseChoose") }),
  person: PersonalData,
});
export type HouseholdInput = z.infer<typeof HouseholdInput>;

export const ConsentsInput = z.object({
  scopes: z.array(z.enum(CONSENT_SCOPES)),
  givenBy: z.enum(["self", "guardian", "institution"], { error: say("common.pleaseChoose") }),
});
export type ConsentsInput = z.infer<typeof ConsentsInput>;

export const OpenRecordInput = z.object({ reason: z.enum(OPENING_REASONS, { error: say("households.giveReason") }) });
