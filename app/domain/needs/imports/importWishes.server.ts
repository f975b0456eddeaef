import { AT_ONCE } from "~/domain/imports/rows";
import { startImport } from "~/domain/imports/startImport.server";
import { requireRole } from "~/domain/kernel/actor";
import { insideOf, inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import type { ReadTable, RowProblem } from "~/domain/kernel/tables/table";
import { say } from "~/i18n/messages";
import type { SkipReason } from "~db/schema/importVocabulary";
import { draftWish } from "../draftWish.server";
import { type ReadWish, readWishes, type RowSeen } from "../readWishes.server";
import {
  fileSourceOf,
  type KnownBy,
  knownBy,
  planRows,
  renewMarks,
  saidIn,
  type WishPlan,
} from "./knownRows.server";
import { oneImportAtATime, type WishContent } from "./wishRows.server";

/** A row that is left out. */
export type Skipped = Readonly<{
  row: number;
  title: string;
  reason: SkipReason;
  need?: Readonly<{ id: string; code: string }> | undefined;
}>;

export type WishImportAnswer = Readonly<{
  rows: number;
  problems: RowProblem[];
  /** Rows that would be, or were, made into drafts. */
  made: RowSeen[];
  skipped: Skipped[];
  /** Rows that say no age: their draft says the widest band, for somebody to correct. */
  withoutAge: number;
  written: boolean;
  /** Where they are too many to be written at once: the import that has begun. */
  jobId?: string;
}>;

type Input = Readonly<{
  fileName: string;
  table: ReadTable;
  townCode: string;
  write: boolean;
  /** By it a form that is sent twice begins one import. */ requestKey?: string;
}>;

/**
 * Imports many wishes of one town as drafts. Reads everything first and reports every problem by row and
 * heading; with any problem, or as a try-out, nothing is written. Up to `AT_ONCE` new ones are written at
 * once, all or none; for more an import begins, which the worker does batch by batch. A row's key counts
 * within its town and file: the same key with the same content is left as it is, with other content it is
 * named. Without a key, a row is known by what it means (its known columns as the form reads them), whatever
 * their order and whatever else stands beside. Importing a file twice, or twice at once, adds nothing.
 *
 * @param fileName by which the file is known again; copies ("… (1)") count as the same
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town; IMPORT_OPEN for many rows while others
 *   of the town are being written
 */
export async function importWishes(
  ctx: UseCaseContext,
  { fileName, table, townCode, write, requestKey = ctx.newId() }: Input,
): Promise<WishImportAnswer> {
  requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
  const { wishes, problems: unreadable, withoutAge } = await readWishes(ctx, table, townCode);
  const source = fileSourceOf(fileName);
  const rows = identified(ctx, wishes, townCode, source);
  const problems = [...table.problems, ...unreadable, ...keysTwice(rows)].sort(
    (one, other) => one.row - other.row,
  );
  const answer = (
    plan: WishPlan<Identified>,
    outcome: Pick<WishImportAnswer, "written" | "jobId">,
  ): WishImportAnswer => ({
    rows: table.rows.length,
    problems,
    made: plan.fresh.map(({ wish }) => wish.seen),
    skipped: plan.skipped.map(({ row: { wish }, reason, need }) => ({
      row: wish.row,
      title: wish.seen.title,
      reason,
      need,
    })),
    withoutAge,
    ...outcome,
  });
  if (problems.length > 0) return answer({ fresh: [], skipped: [], older: [] }, { written: false });
  const foreseen = await planRows(ctx.db, rows);
  if (!write) return answer(foreseen, { written: false });
  if (foreseen.fresh.length > AT_ONCE)
    return answer(foreseen, {
      written: false,
      jobId: await begin(ctx, rows, { townCode, source, withoutAge, requestKey }),
    });
  return inTransaction(ctx, async (tx) => {
    await oneImportAtATime(tx, townCode);
    const planned = await planRows(tx, rows);
    // Each draft is a savepoint of this one transaction: all of them or none.
    for (const { wish, marks } of planned.fresh)
      await draftWish(insideOf(tx, ctx), wish.input, { key: marks[0].importKey, content: marks[0].content });
    await renewMarks(tx, planned);
    return answer(planned, { written: true });
  });
}

type Identified = KnownBy & Readonly<{ wish: ReadWish }>;

/** Every row has its turn, also one that is known by now: what is new then is asked then. */
function begin(
  ctx: UseCaseContext,
  rows: readonly Identified[],
  {
    source,
    townCode,
    ...begun
  }: Readonly<{ townCode: string; source: string; withoutAge: number; requestKey: string }>,
): Promise<string> {
  const kept = rows.map(({ wish: { row, typed }, key, nth }) => ({
    row,
    content: { typed, source, key, nth } satisfies WishContent,
  }));
  return startImport(ctx, {
    kind: "wishes",
    townCode,
    rows: kept,
    sent: { townCode, source, contents: rows.map(({ key, meaning }) => [key, meaning]) },
    ...begun,
  });
}

function identified(
  ctx: UseCaseContext,
  wishes: readonly ReadWish[],
  townCode: string,
  source: string,
): Identified[] {
  const seen = new Map<string, number>();
  return wishes.map((wish) => {
    const meaning = saidIn(townCode, wish.meaning);
    const nth = (seen.get(meaning) ?? 0) + 1;
    seen.set(meaning, nth);
    return { wish, ...knownBy(ctx, meaning, { townCode, source, key: wish.key, nth }) };
  });
}

/** One key for two wishes of one file: which of them it means cannot be said. */
function keysTwice(rows: readonly Identified[]): RowProblem[] {
  const first = new Map<string, Identified>();
  return rows.flatMap((row) => {
    const before = first.get(row.key);
    if (before === undefined && row.key !== "") first.set(row.key, row);
    return before && before.meaning !== row.meaning
      ? [
          {
            row: row.wish.row,
            column: "row_key",
            problem: say("intake.importKeyTwice"),
            params: { key: row.key, row: before.wish.row },
          },
        ]
      : [];
  });
}
