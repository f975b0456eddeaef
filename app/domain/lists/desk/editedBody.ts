import { DomainError, type ErrorCode } from "~/domain/kernel/errors";
import { isNameIn } from "~/domain/kernel/own";
import {
  addPart,
  type Edited,
  type EditRefusal,
  partAt,
  type Path,
  regroupPart,
  removePart,
  replacePart,
  unwrapPart,
  wrapPart,
} from "~/domain/rules/edit";
import { MEMBER_FACTS } from "~/domain/rules/facts";
import type { AnyRule, Leaf, MemberLeaf, Rule, ToAsk } from "~/domain/rules/rule";
import { MAX_CASES, RuleBody } from "~/domain/rules/ruleShape";
import { editedAmount } from "./editedAmount";
import type { RuleEdit } from "./ruleSchemas";

const REFUSALS: Readonly<Record<EditRefusal, ErrorCode>> = {
  gone: "CHANGED_MEANWHILE",
  last: "RULE_LAST_PART",
  misfit: "RULE_PART_MISFIT",
  too_big: "RULE_TOO_BIG",
};

const isOfPerson = (leaf: Leaf | ToAsk): leaf is MemberLeaf =>
  "fact" in leaf && isNameIn(MEMBER_FACTS, leaf.fact);

/**
 * A comparison as it fits there: what is said of a person, where none is spoken of, becomes "somebody at home
 * who …".
 */
function partFor(rule: Rule, path: Path, leaf: Leaf | ToAsk): AnyRule {
  const ofMember = partAt(rule, path)?.ofMember ?? false;
  return isOfPerson(leaf) && !ofMember ? { some: leaf } : leaf;
}

/**
 * What a draft says after one step of its editor. Pure: rules only.
 * @throws {DomainError} RULE_LAST_PART, RULE_PART_MISFIT, RULE_TOO_BIG; CHANGED_MEANWHILE when the place is
 *   not there; as editedAmount
 */
export function editedBody(body: RuleBody, edit: RuleEdit): RuleBody {
  if (edit.intent === "kind") return { kind: edit.kind, rule: null, amount: null, cases: [] };
  if (body.kind !== "rule") {
    if (edit.intent !== "add") throw new DomainError("CHANGED_MEANWHILE");
    const part = isOfPerson(edit.leaf) ? { some: edit.leaf } : edit.leaf;
    return RuleBody.parse({ kind: "rule", rule: part, amount: null, cases: [] });
  }

  if (edit.intent === "amount") return { ...body, amount: editedAmount(body, edit) };
  if (edit.intent === "addCase" && body.cases.length >= MAX_CASES) throw new DomainError("RULE_TOO_BIG");
  if (edit.intent === "addCase") return { ...body, cases: [...body.cases, edit.example] };
  if (edit.intent === "removeCase") {
    if (edit.index >= body.cases.length) throw new DomainError("CHANGED_MEANWHILE");
    return { ...body, cases: body.cases.toSpliced(edit.index, 1) };
  }

  const edited = editedRule(body.rule, edit);
  if ("refused" in edited) throw new DomainError(REFUSALS[edited.refused]);
  return { ...body, rule: edited.rule };
}

type TreeEdit = Exclude<RuleEdit, { intent: "kind" | "amount" | "addCase" | "removeCase" }>;

function editedRule(rule: Rule, edit: TreeEdit): Edited {
  switch (edit.intent) {
    case "add":
      return addPart(rule, edit.path, partFor(rule, edit.path, edit.leaf));
    case "change":
      return replacePart(rule, edit.path, partFor(rule, edit.path, edit.leaf));
    case "remove":
      return removePart(rule, edit.path);
    case "unwrap":
      return unwrapPart(rule, edit.path);
    case "wrap":
      return wrapPart(rule, edit.path, edit.as);
    case "regroup":
      return regroupPart(rule, edit.path, edit.as);
  }
}
