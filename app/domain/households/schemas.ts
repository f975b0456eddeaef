import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { codeLike, isIdNumber } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { optionalPhone } from "~/domain/kernel/typed/phoneField";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { wholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { AGE_BANDS, CONSENT_SCOPES, OPENING_REASONS } from "~db/schema/households";

export const PersonalData = z.object({
  name: required(LENGTHS.personName),
  phone: optionalPhone,
  address: optionalText(LENGTHS.address),
  disability: optionalText(LENGTHS.disability),
  illness: optionalText(LENGTHS.illness),
  dibaoNumber: optionalText(LENGTHS.dibaoNumber),
  income: optionalText(LENGTHS.income),
  school: optionalText(LENGTHS.school),
  village: optionalText(LENGTHS.village),
  guardian: optionalText(LENGTHS.guardian),
  idNumber: codeLike(isIdNumber, say("households.idNumberWrong")).optional(),
});
export type PersonalData = z.infer<typeof PersonalData>;

/** A correction of what is kept of a person, on the record as it was opened. */
export const CorrectionInput = PersonalData.extend({ version: OpenedVersion });
export type CorrectionInput = z.infer<typeof CorrectionInput>;

export const HouseholdInput = z.object({
  townCode: z.string().min(1),
  kind: z.enum(["household", "group"]),
  heads: wholeNumber({ least: 1, most: 5000 }),
  groupCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  ageBand: z.enum(AGE_BANDS, { error: say("common.pleaseChoose") }),
  person: PersonalData,
});
export type HouseholdInput = z.infer<typeof HouseholdInput>;

export const ConsentsInput = z.object({
  scopes: z.array(z.enum(CONSENT_SCOPES)).max(CONSENT_SCOPES.length),
  givenBy: z.enum(["self", "guardian", "institution"], { error: say("common.pleaseChoose") }),
});
export type ConsentsInput = z.infer<typeof ConsentsInput>;

export const OpenRecordInput = z.object({
  reason: z.enum(OPENING_REASONS, { error: say("households.giveReason") }),
});
