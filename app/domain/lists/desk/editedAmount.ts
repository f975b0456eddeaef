import { DomainError } from "~/domain/kernel/errors";
import type { BenefitAmount } from "~/domain/rules/amount";
import { type Chosen, familiesOf, peopleOf } from "~/domain/rules/amountParts";
import type { AnyRule } from "~/domain/rules/rule";
import type { RuleBody } from "~/domain/rules/ruleShape";
import type { RuleEdit } from "./ruleSchemas";

type Written = Extract<RuleBody, { kind: "rule" }>;
type AmountEdit = Extract<RuleEdit, { intent: "amount" }>;

/**
 * The amount that was chosen for a draft. It carries its own copy of the parts it was chosen from: changing
 * or removing them later changes no amount.
 * @throws {DomainError} CHANGED_MEANWHILE when a part is not there, or the amount says nothing that could
 *   be kept
 */
export function editedAmount({ rule, amount: before }: Written, edit: AmountEdit): BenefitAmount | null {
  if (edit.amount === "none") return null;
  if (edit.amount === "up_to_standard") return { kind: "up_to_standard", standard: edit.standard };
  const now = before?.kind === "each_person" ? before : undefined;
  const who = partChosen(peopleOf(rule), edit.who, now?.who);
  const wholeFamily =
    edit.wholeFamily === "nobody"
      ? undefined
      : partChosen(familiesOf(rule), edit.wholeFamily, now?.wholeFamily);
  return {
    kind: "each_person",
    of: edit.of,
    percent: edit.percent,
    who,
    ...(wholeFamily ? { wholeFamily } : {}),
  };
}

function partChosen<R extends AnyRule>(among: readonly Chosen<R>[], place: string, now: R | undefined): R {
  const part = place === "now" ? now : among.find((one) => one.place === place)?.part;
  if (!part) throw new DomainError("CHANGED_MEANWHILE");
  return part;
}
