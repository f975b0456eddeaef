import { z } from "zod";
import type { Opened } from "~/domain/kernel/opened";
import { say } from "~/i18n/messages";
import { LineInput, RequestKey, required, YuanAmount } from "./schemas";

/** Rows of the form below the last one that anything was typed into count for nothing. */
const withoutEmptyEnd = (rows: unknown): unknown => {
  if (!Array.isArray(rows)) return rows ?? [];
  const isTyped = (row: unknown) =>
    typeof row === "object" && row !== null && Object.entries(row).some(([name, value]) => name !== "unitCode" && value !== undefined && value !== null && value !== "");
  return rows.slice(0, rows.findLastIndex(isTyped) + 1);
};

/** An organisation's own need (decisions 6): what for, the budget as one sum of money and things, each thing with its price. */
export const ProjectInput = z.object({
  organisationId: z.uuid({ error: say("common.pleaseChoose") }),
  townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
  title: required(60),
  story: required(1000),
  /** What the money is for, in the words that the public reads. */
  moneyFor: required(60),
  moneyFen: YuanAmount.refine((amountFen) => amountFen <= 100_000_000n, say("common.tooMuch")),
  lines: z.preprocess(withoutEmptyEnd, z.array(LineInput).max(6, say("common.tooMuch"))),
  requestKey: RequestKey,
});
export type ProjectInput = z.infer<typeof ProjectInput>;

/** The same, changed on a form that says what it was opened on. */
export type EditedProject = ProjectInput & Readonly<{ version: Opened }>;
