import { count, eq, inArray } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash, underEachHashKey } from "~/domain/kernel/sealing.server";
import { foldedWord } from "~/domain/kernel/typed/signs";
import type { SkipReason } from "~db/schema/importVocabulary";
import { needs } from "~db/schema/needs";

/**
 * Where a row comes from: its town, its file, its own key ("" without one), and the how manieth it is of
 * those that say the same.
 */
export type RowOrigin = Readonly<{ townCode: string; source: string; key: string; nth: number }>;

/**
 * By what a row is known again. Hashed with the house's key: what a row says of a person cannot be guessed
 * from them.
 */
export type Mark = Readonly<{ importKey: string; content: string }>;

/**
 * A row, by what it says (`meaning`, as rows of one town are compared) and with its mark under each key of
 * HASH_KEY, the newest first: whichever it was written under, it is known.
 */
export type KnownBy = Readonly<{
  key: string;
  nth: number;
  meaning: string;
  marks: readonly [Mark, ...Mark[]];
}>;

/** What a file is called, without its folder, its ending and what a copy of it gets. */
export const fileSourceOf = (fileName: string): string =>
  foldedWord(fileName)
    .replace(/^.*[/\\]/, "")
    .replace(/\.[a-z]{1,5}$/i, "")
    .replace(/(\s*(\(\d+\)|[-–—_]?\s*(副本|copy)(\s*\d+)?))+$/i, "")
    .trim();

/** What a row says, as rows of one town are compared by it. */
export const saidIn = (townCode: string, meaning: unknown): string => JSON.stringify([townCode, meaning]);

export function knownBy(
  ctx: UseCaseContext,
  meaning: string,
  { townCode, source, key, nth }: RowOrigin,
): KnownBy {
  const [newest, ...older] = underEachHashKey(ctx.keys).map((keys): Mark => {
    const content = keyedHash(keys, "import.content", meaning);
    return {
      content,
      importKey: keyedHash(
        keys,
        "import.key",
        JSON.stringify(key === "" ? [townCode, content, nth] : [townCode, source, key]),
      ),
    };
  });
  if (!newest) throw new Error("HASH_KEY names no key");
  return { key, nth, meaning, marks: [newest, ...older] };
}

/** Why a row is left out, and the wish that is there already. */
export type Skip<Row> = Readonly<{
  row: Row;
  reason: SkipReason;
  need?: Readonly<{ id: string; code: string }> | undefined;
}>;

/** A wish on record whose mark was made by an older key, and the same by the newest. */
type OlderMark = Readonly<{ needId: string; set: Readonly<{ importKey: string; importContent?: string }> }>;
export type WishPlan<Row> = Readonly<{ fresh: Row[]; skipped: Skip<Row>[]; older: OlderMark[] }>;

/** Which of these rows (in the order of their file) are new, and which are left out. */
export async function planRows<Row extends KnownBy>(
  db: Database | Transaction,
  rows: readonly Row[],
): Promise<WishPlan<Row>> {
  if (rows.length === 0) return { fresh: [], skipped: [], older: [] };
  const keys = rows.flatMap(({ marks }) => marks.map(({ importKey }) => importKey));
  const contents = [...new Set(rows.flatMap(({ marks }) => marks.map(({ content }) => content)))];
  const byKey = new Map(
    (
      await db
        .select({ key: needs.importKey, content: needs.importContent, id: needs.id, code: needs.code })
        .from(needs)
        .where(inArray(needs.importKey, keys))
    ).map((row) => [row.key, row]),
  );
  const counts = await db
    .select({ content: needs.importContent, n: count() })
    .from(needs)
    .where(inArray(needs.importContent, contents))
    .groupBy(needs.importContent);
  const onRecord = new Map(counts.map(({ content, n }) => [content, n]));
  const fresh: Row[] = [];
  const skipped: Skip<Row>[] = [];
  const older: OlderMark[] = [];
  const taken = new Set<string>();

  for (const row of rows) {
    const [{ importKey, content }] = row.marks;
    const known = row.marks.flatMap((mark) => byKey.get(mark.importKey) ?? [])[0];
    const isSame = row.marks.some((mark) => mark.content === known?.content);
    if (known && known.key !== importKey)
      older.push({ needId: known.id, set: isSame ? { importKey, importContent: content } : { importKey } });
    const skip = (reason: SkipReason, need?: Skip<Row>["need"]) => skipped.push({ row, reason, need });

    // Of a household that was erased the content is gone: its row stays known, and nothing is told of it.
    if (known)
      skip(isSame || known.content === null ? "already" : "changed", { id: known.id, code: known.code });
    else if (taken.has(importKey)) skip("twice");
    else if (row.nth <= row.marks.reduce((sum, mark) => sum + (onRecord.get(mark.content) ?? 0), 0))
      skip(row.key === "" ? "already" : "elsewhere");
    else {
      taken.add(importKey);
      fresh.push(row);
    }
  }

  return { fresh, skipped, older };
}

/** Known by the newest key from now on. Safe to repeat. */
export async function renewMarks(
  tx: Transaction,
  { older }: Pick<WishPlan<unknown>, "older">,
): Promise<void> {
  for (const { needId, set } of older) await tx.update(needs).set(set).where(eq(needs.id, needId));
}
