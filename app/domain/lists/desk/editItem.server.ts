import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { requireUnchanged } from "~/domain/kernel/opened";
import { transition } from "~/domain/kernel/transition.server";
import type { EditItemInput } from "./itemSchemas";
import { changedColumns, itemByCode, itemValues, knownTowns } from "./itemValues.server";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_ITEM } from "./machines.server";

/**
 * Writes an item's texts anew. The journal says which columns changed, not what they say. A form that
 * changes nothing writes nothing, so sending one twice is safe.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, WRONG_STATE when retired, CHANGED_MEANWHILE when `version`
 *   is no longer the item's
 */
export async function editItem(
  ctx: UseCaseContext,
  code: string,
  { version, ownerId, ...texts }: EditItemInput,
): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await itemByCode(tx, code);
    await knownTowns(tx, texts.townCodes);
    const values = { ...itemValues(texts), ownerId: ownerId ?? null };
    const changed = changedColumns(row, values);
    if (changed.length === 0) return;
    requireUnchanged(version, row.version);
    await transition(tx, ctx, LIST_ITEM, row, "edit", {
      by: "operator",
      data: { changed: changed.join(",") },
      set: { ...values, updatedAt: ctx.now() },
    });
  });
}
