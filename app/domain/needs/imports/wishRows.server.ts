import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { RowInTurn, RowWriter, Turn } from "~/domain/imports/rows";
import { insideOf, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { importRows } from "~db/schema/imports";
import { draftWish } from "../draftWish.server";
import { meaningOf } from "../readWishes.server";
import { WishInput } from "../schemas";
import { knownBy, planRows, renewMarks, saidIn } from "./knownRows.server";

/**
 * Lets one at a time write into a town, to the end of the transaction: the later one finds what the first one
 * wrote.
 */
export const oneImportAtATime = async (tx: Transaction, townCode: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`import.wishes:${townCode}`}))`);
};

/** What a row of wishes says, and by what it is known again. */
const Content = z.object({ typed: z.unknown(), source: z.string(), key: z.string(), nth: z.number() });
export type WishContent = z.input<typeof Content>;

/**
 * Wishes, each a draft of its caseworker's as if they had typed it. What a row is known by is computed at its
 * turn, so that no keyed hash is kept until then.
 */
export const WISH_ROWS: RowWriter = {
  together: 1,
  aBatch: 25,
  hold: (tx, { townCode }) => oneImportAtATime(tx, townCode ?? ""),
  write: async (tx, ctx, job, rows) => {
    const turns: Turn[] = [];
    for (const row of rows) turns.push(await writeWish(tx, ctx, job, row));
    return turns;
  },
  refusalOf: (error) =>
    error instanceof DomainError && error.code === "KIND_REFUSED" ? "kind_refused" : undefined,
};

async function writeWish(
  tx: Transaction,
  ctx: UseCaseContext,
  { id: jobId, townCode }: Parameters<RowWriter["write"]>[2],
  { content }: RowInTurn,
): Promise<Turn> {
  const town = townCode ?? "";
  const { typed, ...origin } = Content.parse(content);
  const input = WishInput.parse(typed);
  const row = knownBy(ctx, saidIn(town, meaningOf(input)), { townCode: town, ...origin });
  const planned = await planRows(tx, [row]);
  await renewMarks(tx, planned);
  const [known] = planned.skipped;

  if (known) {
    const isTwice = known.reason === "already" && (await isOfThisFile(tx, jobId, known.need?.id));
    return { outcome: "skipped", reason: isTwice ? "twice" : known.reason, needId: known.need?.id };
  }

  const [{ importKey, content: said }] = row.marks;
  const { needId } = await draftWish(insideOf(tx, ctx), input, { key: importKey, content: said });
  return { outcome: "made", needId };
}

async function isOfThisFile(tx: Transaction, jobId: string, needId: string | undefined): Promise<boolean> {
  if (needId === undefined) return false;
  const mine = and(
    eq(importRows.jobId, jobId),
    eq(importRows.needId, needId),
    eq(importRows.outcome, "made"),
  );
  return (await tx.select({ id: importRows.id }).from(importRows).where(mine)).length > 0;
}
