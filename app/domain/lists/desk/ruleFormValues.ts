import { openedOn } from "~/domain/kernel/opened";
import { partAt } from "~/domain/rules/edit";
import { HOUSEHOLD_FACTS, MEMBER_FACTS, type FactKind } from "~/domain/rules/facts";
import type { Leaf } from "~/domain/rules/rule";
import type { RuleBody } from "~/domain/rules/ruleShape";
import { choiceOfAmount } from "./amountChoice";
import type { RuleEdit } from "./ruleSchemas";
import { ownOf } from "~/domain/kernel/own";

type Values = Readonly<Record<string, string | readonly string[]>>;
const FACTS: Readonly<Record<string, FactKind>> = { ...HOUSEHOLD_FACTS, ...MEMBER_FACTS };

/** One comparison as its form shows it. */
export function leafValues(leaf: Leaf): Values {
  if ("is" in leaf) return { is: leaf.is ? "yes" : "no" };
  if ("in" in leaf) return { in: leaf.in };
  const kind = ownOf(FACTS, leaf.fact);
  const { value, typed } = choiceOfAmount(kind?.kind === "number" ? kind.unit : "years", leaf.to);
  return { compare: leaf.compare, to: value, number: typed };
}

/**
 * What a form of the editor would say of the draft as it stands now: of a part that is still there, and of
 * what is paid.
 */
export function storedEdit({ version, body }: Readonly<{ version: number; body: RuleBody }>, edit: RuleEdit) {
  return { values: valuesFor(body, edit), opened: openedOn(version) };
}

function valuesFor(body: RuleBody, edit: RuleEdit): Values {
  if (body.kind !== "rule") return {};
  if (edit.intent === "amount") {
    const { amount } = body;
    if (amount?.kind === "each_person")
      return { amount: amount.kind, of: amount.of, percent: amount.percent };
    return amount?.kind === "up_to_standard"
      ? { amount: amount.kind, standard: amount.standard }
      : { amount: "none" };
  }

  const part = edit.intent === "change" ? partAt(body.rule, edit.path)?.part : undefined;
  return edit.intent === "change" &&
    part &&
    "fact" in part &&
    "fact" in edit.leaf &&
    part.fact === edit.leaf.fact
    ? leafValues(part)
    : {};
}
