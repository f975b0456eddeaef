import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { once } from "~/domain/kernel/once.server";
import type { AddItemInput } from "./itemSchemas";
import { itemValues } from "./itemValues.server";
import { requireListKeeper } from "./listKeeper.server";
import { insertItems, lockNumbers } from "./writeItems.server";

/**
 * A new item as a draft: nobody sees it before it is published. Its rule says "ask" until somebody writes
 * one. Safe to repeat with the same request key.
 * @throws {DomainError} NOT_ALLOWED, ITEM_CODE_TAKEN, REQUEST_KEY_REUSED
 */
export async function addItem(ctx: UseCaseContext, input: AddItemInput): Promise<{ code: string }> {
  requireListKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "addItem", input, async () => {
      const { code, list, ownerId, requestKey: _key, ...texts } = input;
      await lockNumbers(tx);
      await insertItems(
        tx,
        ctx,
        [{ ...itemValues(texts), code, list, state: "draft", ownerId: ownerId ?? null }],
        "form",
      );

      return { code };
    }),
  );
}
