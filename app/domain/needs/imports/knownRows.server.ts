import { count, inArray } from "drizzle-orm";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash } from "~/domain/kernel/sealing.server";
import { foldedWord } from "~/domain/kernel/typed/signs";
import type { SkipReason } from "~db/schema/importWords";
import { needs } from "~db/schema/needs";

/** Where a row comes from: its town, its file, its own key ("" without one), and the how manieth it is of those that say the same. */
export type RowOrigin = Readonly<{ townCode: string; source: string; key: string; nth: number }>;

/** By what a row is known again. Hashed with the house's key: what a row says of a person cannot be guessed from them. */
export type KnownBy = Readonly<{ key: string; nth: number; importKey: string; content: string }>;

/** What a file is called, without its folder, its ending and what a copy of it gets. */
export const sourceOf = (fileName: string): string =>
  foldedWord(fileName)
    .replace(/^.*[/\\]/, "")
    .replace(/\.[a-z]{1,5}$/i, "")
    .replace(/(\s*(\(\d+\)|[-–—_]?\s*(副本|copy)(\s*\d+)?))+$/i, "")
    .trim();

/** What a row says, as rows of one town are compared by it. */
export const contentOf = (ctx: UseCaseContext, townCode: string, meaning: unknown): string => keyedHash(ctx.keys, "import.content", JSON.stringify([townCode, meaning]));

export const knownBy = (ctx: UseCaseContext, content: string, { townCode, source, key, nth }: RowOrigin): KnownBy => ({
  key,
  nth,
  content,
  importKey: keyedHash(ctx.keys, "import.key", JSON.stringify(key === "" ? [townCode, content, nth] : [townCode, source, key])),
});

/** Why a row is left out, and the wish that is there already. */
export type Skip<Row> = Readonly<{ row: Row; reason: SkipReason; need?: Readonly<{ id: string; code: string }> | undefined }>;
export type Plan<Row> = Readonly<{ fresh: Row[]; skipped: Skip<Row>[] }>;

/** Which of these rows (in the order of their file) are new, and which are left out. */
export async function planRows<Row extends KnownBy>(db: Database | Transaction, rows: readonly Row[]): Promise<Plan<Row>> {
  if (rows.length === 0) return { fresh: [], skipped: [] };
  const keys = rows.map(({ importKey }) => importKey);
  const contents = [...new Set(rows.map(({ content }) => content))];
  const byKey = new Map(
    (await db.select({ key: needs.importKey, content: needs.importContent, id: needs.id, code: needs.code }).from(needs).where(inArray(needs.importKey, keys))).map((row) => [
      row.key,
      row,
    ]),
  );
  const counts = await db.select({ content: needs.importContent, n: count() }).from(needs).where(inArray(needs.importContent, contents)).groupBy(needs.importContent);
  const onRecord = new Map(counts.map(({ content, n }) => [content, n]));
  const fresh: Row[] = [];
  const skipped: Skip<Row>[] = [];
  const taken = new Set<string>();
  for (const row of rows) {
    const known = byKey.get(row.importKey);
    const skip = (reason: SkipReason, need?: Skip<Row>["need"]) => skipped.push({ row, reason, need });
    // Of a household that was erased the content is gone: its row stays known, and nothing is told of it.
    if (known) skip(known.content === row.content || known.content === null ? "already" : "changed", { id: known.id, code: known.code });
    else if (taken.has(row.importKey)) skip("twice");
    else if (row.nth <= (onRecord.get(row.content) ?? 0)) skip(row.key === "" ? "already" : "elsewhere");
    else {
      taken.add(row.importKey);
      fresh.push(row);
    }
  }
  return { fresh, skipped };
}
