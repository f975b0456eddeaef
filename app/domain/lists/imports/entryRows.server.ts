import { isDeepStrictEqual } from "node:util";
import { inArray, or } from "drizzle-orm";
import type { RowWriter, Turn } from "~/domain/imports/rows";
import type { Transaction } from "~/domain/kernel/context.server";
import { listItems } from "~db/schema/directory";
import type { ItemRow } from "~/domain/lists/desk/itemValues.server";
import { lockNumbers, type Way } from "~/domain/lists/desk/writeEntries.server";
import { EntryContent } from "./entryContent";
import { writeContents } from "./writeContents.server";

/**
 * Entries of the lists, in few statements. Each is compared at its turn with what stands there then: one that
 * says the same already is left as it is, and one that somebody changed since the file was checked is not
 * written over, but named.
 */
export const entryRows = (way: Exclude<Way, "form">): RowWriter => ({
  together: 50,
  aBatch: 200,
  hold: async (tx) => {
    await lockNumbers(tx);
  },
  write: async (tx, ctx, _job, rows) => {
    const entries = rows.map(({ content }) => EntryContent.parse(content));
    const standing = await standingOf(tx, entries);
    const turns = entries.map((entry) => turnOf(entry, standing(entry)));
    const due = entries.filter((_entry, index) => turns[index]?.outcome === "made");

    await writeContents(
      tx,
      ctx,
      due.map((entry) => ({ entry, item: standing(entry) })),
      way,
    );

    return turns;
  },
  refusalOf: () => undefined,
});

/**
 * The entry that each of these would add or change, if it stands there; one of another directory is known by
 * its id there, whatever its code.
 */
async function standingOf(
  tx: Transaction,
  entries: readonly EntryContent[],
): Promise<(entry: EntryContent) => ItemRow | undefined> {
  const ids = entries.flatMap((entry) => (entry.as === "new" ? (entry.values.hsdsId ?? []) : []));
  const found = await tx
    .select()
    .from(listItems)
    .where(
      or(
        inArray(listItems.code, entries.map(codeOf)),
        ids.length === 0 ? undefined : inArray(listItems.hsdsId, ids),
      ),
    );
  const byCode = new Map(found.map((item) => [item.code, item]));
  const byId = new Map(found.flatMap((item) => (item.hsdsId === null ? [] : [[item.hsdsId, item] as const])));
  return (entry) =>
    (entry.as === "new" ? byId.get(entry.values.hsdsId ?? "") : undefined) ?? byCode.get(codeOf(entry));
}

const codeOf = (entry: EntryContent): string => (entry.as === "new" ? entry.values.code : entry.code);

function turnOf(entry: EntryContent, item: ItemRow | undefined): Turn {
  if (entry.as === "new" ? item === undefined : item?.version === entry.version)
    return { outcome: "made", itemCode: codeOf(entry) };
  if (item && saysTheSame(item, entry)) return { outcome: "skipped", reason: "already", itemCode: item.code };
  return { outcome: "refused", reason: "changed_meanwhile", itemCode: item?.code };
}

/** Where an entry is published, and when it came, is not what a file says of it. */
function saysTheSame(item: ItemRow, { values }: EntryContent): boolean {
  const said: Readonly<Record<string, unknown>> = { ...values, state: item.state, updatedAt: item.updatedAt };
  return Object.entries(said).every(
    ([column, value]) => value === undefined || isDeepStrictEqual(item[column as keyof ItemRow], value),
  );
}
