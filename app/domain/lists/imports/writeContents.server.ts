import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { ItemRow } from "~/domain/lists/desk/itemValues.server";
import { editItems, insertItems, type Way } from "~/domain/lists/desk/writeItems.server";
import type { ItemContent } from "./itemContent";

/** What a file says of an item, and the item as it stands, if it does. */
export type Due = Readonly<{ content: ItemContent; item: ItemRow | undefined }>;

/**
 * Writes what a file says: new items, and what it changes of those that stand. Call it with the numbers
 * locked.
 * @throws {DomainError} as `insertItems` and `editItems`
 */
export async function writeContents(
  tx: Transaction,
  ctx: UseCaseContext,
  due: readonly Due[],
  way: Exclude<Way, "form">,
): Promise<void> {
  const births = due.flatMap(({ content }) => (content.as === "new" ? [content.values] : []));
  const edits = due.flatMap(({ content, item }) =>
    content.as === "changed" && item ? [{ item, values: content.values }] : [],
  );
  await insertItems(tx, ctx, births, way);
  await editItems(tx, ctx, edits, way);
}
