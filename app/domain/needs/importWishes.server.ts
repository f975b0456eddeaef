import { count, eq, inArray, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Database, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash, underEachHashKey } from "~/domain/kernel/sealing.server";
import type { RowProblem, Table } from "~/domain/kernel/tables/table";
import { foldedWord } from "~/domain/kernel/typed/signs";
import { say } from "~/i18n/messages";
import { needs } from "~db/schema/needs";
import { draftWish } from "./draftWish.server";
import { readWishes, type ReadWish, type RowSeen } from "./readWishes.server";

/** Why a row is left out: it was imported before, another file brought the very same, or its key came before with other content. */
export type Skipped = Readonly<{ row: number; title: string; reason: "already" | "elsewhere" | "changed" | "twice"; need?: Readonly<{ id: string; code: string }> | undefined }>;

export type ImportAnswer = Readonly<{
  rows: number;
  problems: RowProblem[];
  /** Rows that would be, or were, made into drafts. */
  made: RowSeen[];
  skipped: Skipped[];
  /** Rows that say no age: their draft says the widest band, for somebody to correct. */
  withoutAge: number;
  written: boolean;
}>;

/** By what a row is known again. */
type Mark = Readonly<{ importKey: string; content: string }>;

/** A row with its mark under each key of HASH_KEY, the newest first: whichever it was written under, it is known. */
type Planned = Readonly<{ wish: ReadWish; marks: readonly [Mark, ...Mark[]] }>;

/**
 * Imports many wishes of one town as drafts. Reads everything first and reports every problem by row and heading; with any
 * problem, or as a try-out, nothing is written. A row's key counts within its town and file: the same key with the same content is
 * left as it is, with other content it is named. Without a key, a row is known by what it means (its known columns as the form reads
 * them), whatever their order and whatever else stands beside. Importing a file twice, or twice at once, adds nothing.
 *
 * @param fileName by which the file is known again; copies ("… (1)") count as the same
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town
 */
export async function importWishes(
  ctx: UseCaseContext,
  { fileName, table, townCode, write }: { fileName: string; table: Table; townCode: string; write: boolean },
): Promise<ImportAnswer> {
  requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
  const { wishes, problems: unreadable, withoutAge } = await readWishes(ctx, table, townCode);
  const rows = identified(ctx, wishes, townCode, sourceOf(fileName));
  const problems = [...table.problems, ...unreadable, ...keysTwice(rows)].sort((one, other) => one.row - other.row);
  const answer = (plan: Plan, written: boolean): ImportAnswer => ({
    rows: table.rows.length,
    problems,
    made: plan.fresh.map(({ wish }) => wish.seen),
    skipped: plan.skipped,
    withoutAge,
    written,
  });
  if (problems.length > 0) return answer({ fresh: [], skipped: [], older: [] }, false);
  if (!write) return answer(await plan(ctx.db, rows), false);
  return inTransaction(ctx, async (tx) => {
    // Of two imports into one town at once the later one finds what the first one wrote.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`import.wishes:${townCode}`}))`);
    const planned = await plan(tx, rows);
    // Each draft is a savepoint of this one transaction: all of them or none.
    const inside: UseCaseContext = { ...ctx, db: tx as unknown as UseCaseContext["db"] };
    for (const { wish, marks } of planned.fresh) await draftWish(inside, wish.input, { key: marks[0].importKey, content: marks[0].content });
    for (const { id, set } of planned.older) await tx.update(needs).set(set).where(eq(needs.id, id));
    return answer(planned, true);
  });
}

/** What a file is called, without its folder, its ending and what a copy of it gets. */
const sourceOf = (fileName: string): string =>
  foldedWord(fileName)
    .replace(/^.*[/\\]/, "")
    .replace(/\.[a-z]{1,5}$/i, "")
    .replace(/(\s*(\(\d+\)|[-–—_]?\s*(副本|copy)(\s*\d+)?))+$/i, "")
    .trim();

type Identified = Planned & Readonly<{ key: string; nth: number; meaning: string }>;

/** Hashed with the house's key: what a row says of a person cannot be guessed from them. */
function identified(ctx: UseCaseContext, wishes: readonly ReadWish[], townCode: string, source: string): Identified[] {
  const seen = new Map<string, number>();
  return wishes.map((wish) => {
    const meaning = JSON.stringify([townCode, wish.meaning]);
    const nth = (seen.get(meaning) ?? 0) + 1;
    seen.set(meaning, nth);
    const [newest, ...older] = underEachHashKey(ctx.keys).map((keys) => {
      const content = keyedHash(keys, "import.content", meaning);
      return { content, importKey: keyedHash(keys, "import.key", JSON.stringify(wish.key === "" ? [townCode, content, nth] : [townCode, source, wish.key])) };
    });
    if (!newest) throw new Error("HASH_KEY names no key");
    return { wish, key: wish.key, nth, meaning, marks: [newest, ...older] };
  });
}

/** One key for two wishes of one file: which of them it means cannot be said. */
function keysTwice(rows: readonly Identified[]): RowProblem[] {
  return rows.flatMap(({ wish, key, meaning }, index) => {
    const first = key === "" ? undefined : rows.slice(0, index).find((other) => other.key === key);
    return first && first.meaning !== meaning ? [{ row: wish.row, column: "row_key", problem: say("intake.importKeyTwice"), params: { key, row: first.wish.row } }] : [];
  });
}

/** `older`: wishes on record whose marks were made by an older key, and the same by the newest. */
type Plan = Readonly<{ fresh: Planned[]; skipped: Skipped[]; older: { id: string; set: Readonly<{ importKey: string; importContent?: string }> }[] }>;

async function plan(db: Database | Transaction, rows: readonly Identified[]): Promise<Plan> {
  if (rows.length === 0) return { fresh: [], skipped: [], older: [] };
  const keys = rows.flatMap(({ marks }) => marks.map(({ importKey }) => importKey));
  const contents = [...new Set(rows.flatMap(({ marks }) => marks.map(({ content }) => content)))];
  const byKey = new Map(
    (await db.select({ key: needs.importKey, content: needs.importContent, id: needs.id, code: needs.code }).from(needs).where(inArray(needs.importKey, keys))).map((row) => [
      row.key,
      row,
    ]),
  );
  const counts = await db.select({ content: needs.importContent, n: count() }).from(needs).where(inArray(needs.importContent, contents)).groupBy(needs.importContent);
  const onRecord = new Map(counts.map(({ content, n }) => [content, n]));
  const fresh: Planned[] = [];
  const skipped: Skipped[] = [];
  const taken = new Set<string>();
  const older: Plan["older"] = [];
  for (const { wish, key, nth, marks } of rows) {
    const [{ importKey, content }] = marks;
    const skip = (reason: Skipped["reason"], need?: Skipped["need"]) => skipped.push({ row: wish.row, title: wish.seen.title, reason, need });
    const known = marks.flatMap((mark) => byKey.get(mark.importKey) ?? [])[0];
    const isSame = marks.some((mark) => mark.content === known?.content);
    if (known && known.key !== importKey) older.push({ id: known.id, set: isSame ? { importKey, importContent: content } : { importKey } });
    // Of a household that was erased the content is gone: its row stays known, and nothing is told of it.
    if (known) skip(isSame || known.content === null ? "already" : "changed", { id: known.id, code: known.code });
    else if (taken.has(importKey)) skip("twice");
    else if (nth <= marks.reduce((sum, mark) => sum + (onRecord.get(mark.content) ?? 0), 0)) skip(key === "" ? "already" : "elsewhere");
    else {
      taken.add(importKey);
      fresh.push({ wish, marks });
    }
  }
  return { fresh, skipped, older };
}
