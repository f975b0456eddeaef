import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { ItemRow } from "~/domain/lists/desk/itemValues.server";
import { editEntries, insertEntries, type Way } from "~/domain/lists/desk/writeEntries.server";
import type { EntryContent } from "./entryContent";

/** What a file says of an entry, and the entry as it stands, if it does. */
export type Due = Readonly<{ entry: EntryContent; item: ItemRow | undefined }>;

/**
 * Writes what a file says: new entries, and what it changes of those that stand. Call it with the numbers
 * locked.
 * @throws {DomainError} as `insertEntries` and `editEntries`
 */
export async function writeContents(
  tx: Transaction,
  ctx: UseCaseContext,
  due: readonly Due[],
  way: Exclude<Way, "form">,
): Promise<void> {
  const births = due.flatMap(({ entry }) => (entry.as === "new" ? [entry.values] : []));
  const edits = due.flatMap(({ entry, item }) =>
    entry.as === "changed" && item ? [{ item, values: entry.values }] : [],
  );
  await insertEntries(tx, ctx, births, way);
  await editEntries(tx, ctx, edits, way);
}
