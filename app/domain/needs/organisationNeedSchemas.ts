import { z } from "zod";
import type { Opened } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { required } from "~/domain/kernel/typed/text";
import { yuan } from "~/domain/kernel/typed/yuan";
import { say } from "~/i18n/messages";
import { ORGANISATION_NEED_WITHDRAW_REASONS } from "./organisationNeedVocabulary";
import { LineInput } from "./schemas";
import { THING_ROWS } from "./thingRows";

/** Rows of the form below the last one that anything was typed into count for nothing. */
const withoutEmptyEnd = (rows: unknown): unknown => {
  if (!Array.isArray(rows)) return rows ?? [];
  const isTyped = (row: unknown) =>
    typeof row === "object" &&
    row !== null &&
    Object.entries(row).some(
      ([name, value]) => name !== "unitCode" && value !== undefined && value !== null && value !== "",
    );
  return rows.slice(0, rows.findLastIndex(isTyped) + 1);
};

/**
 * An organisation's own need: what for, the budget as one sum of money and things, each thing with its price.
 */
export const OrganisationNeedInput = z.object({
  organisationId: z.uuid({ error: say("common.pleaseChoose") }),
  townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  title: required(LENGTHS.title),
  story: required(LENGTHS.story),
  /** What the money is for, in the words that the public reads. */
  moneyFor: required(LENGTHS.moneyFor),
  moneyFen: yuan({ leastFen: 1n, mostFen: 100_000_000n }),
  lines: z.preprocess(withoutEmptyEnd, z.array(LineInput).max(THING_ROWS, say("common.tooMuch"))),
  requestKey: RequestKey,
});
export type OrganisationNeedInput = z.infer<typeof OrganisationNeedInput>;

/** The same, changed on a form that says what it was opened on. */
export type EditedOrganisationNeed = OrganisationNeedInput & Readonly<{ version: Opened }>;

/** Why an organisation takes its need back. */
export const WithdrawOrganisationNeedInput = z.object({
  reason: z.enum(ORGANISATION_NEED_WITHDRAW_REASONS, { error: say("common.pleaseChoose") }),
});

/** What everybody reads of an organisation's need when it is over. */
export const CloseOrganisationNeedInput = z.object({ report: required(1000) });
export type CloseOrganisationNeedInput = z.infer<typeof CloseOrganisationNeedInput>;
