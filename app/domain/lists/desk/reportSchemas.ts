import { z } from "zod";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { optionalText } from "~/domain/kernel/typed/text";
import { say } from "~/i18n/messages";
import { ITEM_REPORT_KINDS } from "~db/schema/factVocabulary";

/**
 * "This is wrong" of an item. The request key becomes the report's id, so that a double tap of a visitor is
 * one report.
 */
export const ReportInput = z.object({
  kind: z.enum(ITEM_REPORT_KINDS, { error: say("common.pleaseChoose") }),
  words: optionalText(LENGTHS.words),
  requestKey: z.uuid(),
});
export type ReportInput = z.infer<typeof ReportInput>;

export const AnswerReportInput = z.object({ reportId: z.uuid(), outcome: z.enum(["correct", "keep"]) });
