import { isDeepStrictEqual } from "node:util";
import { inArray, or } from "drizzle-orm";
import type { RowWriter, Turn } from "~/domain/imports/rows";
import type { Transaction } from "~/domain/kernel/context.server";
import type { ItemRow } from "~/domain/lists/desk/itemValues.server";
import { lockNumbers, type Way } from "~/domain/lists/desk/writeItems.server";
import { listItems } from "~db/schema/directory";
import { ItemContent } from "./itemContent";
import { writeContents } from "./writeContents.server";

/**
 * Items of the lists, in few statements. Each is compared at its turn with what stands there then: one that
 * says the same already is left as it is, and one that somebody changed since the file was checked is not
 * written over, but named.
 */
export const itemRows = (way: Exclude<Way, "form">): RowWriter => ({
  together: 50,
  aBatch: 200,
  hold: async (tx) => {
    await lockNumbers(tx);
  },
  write: async (tx, ctx, _job, rows) => {
    const contents = rows.map(({ content }) => ItemContent.parse(content));
    const standing = await standingOf(tx, contents);
    const turns = contents.map((content) => turnOf(content, standing(content)));
    const due = contents.filter((_content, index) => turns[index]?.outcome === "made");

    await writeContents(
      tx,
      ctx,
      due.map((content) => ({ content, item: standing(content) })),
      way,
    );

    return turns;
  },
  refusalOf: () => undefined,
});

/**
 * The item that each of these would add or change, if it stands there; one of another directory is known by
 * its id there, whatever its code.
 */
async function standingOf(
  tx: Transaction,
  contents: readonly ItemContent[],
): Promise<(content: ItemContent) => ItemRow | undefined> {
  const ids = contents.flatMap((content) => (content.as === "new" ? (content.values.hsdsId ?? []) : []));
  const found = await tx
    .select()
    .from(listItems)
    .where(
      or(
        inArray(listItems.code, contents.map(codeOf)),
        ids.length === 0 ? undefined : inArray(listItems.hsdsId, ids),
      ),
    );
  const byCode = new Map(found.map((item) => [item.code, item]));
  const byId = new Map(found.flatMap((item) => (item.hsdsId === null ? [] : [[item.hsdsId, item] as const])));
  return (content) =>
    (content.as === "new" ? byId.get(content.values.hsdsId ?? "") : undefined) ?? byCode.get(codeOf(content));
}

const codeOf = (content: ItemContent): string => (content.as === "new" ? content.values.code : content.code);

function turnOf(content: ItemContent, item: ItemRow | undefined): Turn {
  if (content.as === "new" ? item === undefined : item?.version === content.version)
    return { outcome: "made", itemCode: codeOf(content) };
  if (item && saysTheSame(item, content))
    return { outcome: "skipped", reason: "already", itemCode: item.code };
  return { outcome: "refused", reason: "changed_meanwhile", itemCode: item?.code };
}

/** Where an item is published, and when it came, is not what a file says of it. */
function saysTheSame(item: ItemRow, { values }: ItemContent): boolean {
  const said: Readonly<Record<string, unknown>> = { ...values, state: item.state, updatedAt: item.updatedAt };
  return Object.entries(said).every(
    ([column, value]) => value === undefined || isDeepStrictEqual(item[column as keyof ItemRow], value),
  );
}
