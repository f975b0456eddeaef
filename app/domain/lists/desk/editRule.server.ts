import { isDeepStrictEqual } from "node:util";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { startOfDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { hasParametersAt } from "~/domain/lists/inForce.server";
import { editedBody } from "./editedBody";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_RULE } from "./machines.server";
import { bodyOf, needOpenEdition } from "./openRule.server";
import type { RuleEdit } from "./ruleSchemas";

/**
 * @throws {DomainError} NO_VALUES_THEN for an example by the values of a day on which not all of them were
 *   in force yet
 */
async function needValuesOf(tx: Transaction, edit: RuleEdit): Promise<void> {
  if (edit.intent !== "addCase" || edit.example.valuesOn === undefined) return;
  if (!(await hasParametersAt(tx, startOfDay(edit.example.valuesOn))))
    throw new DomainError("NO_VALUES_THEN");
}

/**
 * Takes one step in the draft of an item's rule: its kind, a part of it, its amount, or an example. A tested
 * edition becomes a draft again. `version` is that of the draft the step was chosen on, so that a place never
 * means another part than the one that was shown. A step that changes nothing writes nothing: what was tested
 * stays tested.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND without a draft, CHANGED_MEANWHILE, RULE_LAST_PART,
 *   RULE_PART_MISFIT, RULE_TOO_BIG, NO_VALUES_THEN
 */
export async function editRule(ctx: UseCaseContext, itemCode: string, edit: RuleEdit): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const row = { ...(await needOpenEdition(tx, itemCode)), version: edit.version };
    await needValuesOf(tx, edit);
    const before = bodyOf(row);
    const body = editedBody(before, edit);
    if (isDeepStrictEqual(body, before)) return;
    await transition(tx, ctx, LIST_RULE, row, "edit", {
      by: "operator",
      data: { item: itemCode, edition: row.edition, step: edit.intent },
      set: { ...body, draftedBy: userId, effectiveFrom: null },
    });
  });
}
