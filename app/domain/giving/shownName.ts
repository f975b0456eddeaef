import type { z } from "zod";
import { codeIn } from "~/domain/kernel/typed/code";
import { shownName } from "~/domain/kernel/typed/personName";
import { folded } from "~/domain/kernel/typed/signs";
import { type MessageKey, say } from "~/i18n/messages";
import type { DisplayChoice } from "~db/schema/giving";

type Shown = Readonly<{ displayChoice: DisplayChoice; displayName?: string | undefined }>;

/** Digits in a row, whatever stands between them, that are a number of something and no part of a name. */
const NUMBER = /\p{Nd}(?:[\s.()+-]*\p{Nd}){4,}/u;

/**
 * What keeps a text from being shown as a name: it is blank, or says how to reach somebody, or is a code of
 * ours.
 */
export function notAName(typed: string): MessageKey | undefined {
  const name = folded(shownName(typed));
  if (!/\p{L}/u.test(name)) return say("giving.nameNeeded");
  const reaches = name.includes("@") || /:\/\/|www\./i.test(name) || NUMBER.test(name);
  return reaches || codeIn(name) !== undefined ? say("giving.nameNoContact") : undefined;
}

/**
 * Refuses a choice to be shown by name or alias without one; where no name is shown, what was typed counts
 * for nothing.
 */
export function fittingName({ displayChoice, displayName }: Shown, issues: z.core.$RefinementCtx): void {
  if (displayChoice === "kind_person") return;
  const problem = notAName(displayName ?? "");
  if (problem) issues.addIssue({ code: "custom", path: ["displayName"], message: problem });
}

/** What is kept of it: the name that is shown, and none for a kind person. */
export const shownAs = ({
  displayChoice,
  displayName,
}: Shown): { displayChoice: DisplayChoice; displayName: string | null } => ({
  displayChoice,
  displayName: displayChoice === "kind_person" ? null : shownName(displayName ?? ""),
});
