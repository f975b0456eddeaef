import { eq, max } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordBirth } from "~/domain/kernel/transition.server";
import { listRules } from "~db/schema/directory";
import { itemByCode } from "./itemValues.server";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_RULE } from "./machines.server";
import { bodyOf, editionInForce } from "./openRule.server";

/**
 * Begins a new edition of an item's rule as a draft that says what the edition in force says.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, CHANGED_MEANWHILE when one is begun already
 */
export async function startRule(ctx: UseCaseContext, itemCode: string): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    await itemByCode(tx, itemCode);
    const inForce = await editionInForce(tx, itemCode, ctx.now());
    const [last] = await tx
      .select({ edition: max(listRules.edition) })
      .from(listRules)
      .where(eq(listRules.itemCode, itemCode));
    const body = inForce ? bodyOf(inForce) : { kind: "ask" as const, rule: null, amount: null, cases: [] };
    const rule = { id: ctx.newId(), state: "draft" as const };
    const edition = (last?.edition ?? 0) + 1;
    const begun = await tx
      .insert(listRules)
      .values({ ...rule, ...body, itemCode, edition, draftedBy: userId, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: listRules.id });
    if (begun.length === 0) throw new DomainError("CHANGED_MEANWHILE");
    await recordBirth(tx, ctx, LIST_RULE, rule, "start", {
      by: "operator",
      data: { item: itemCode, edition },
    });
  });
}
