import { and, asc, eq, getTableName, gt, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { HOUSEHOLDS_OWN, sealedAnew } from "~/domain/kernel/sealing.server";
import { requestKeys } from "~db/schema/kernel";
import { storedFiles } from "~db/schema/reference";
import { SEALED_COLUMNS, type SealedColumn } from "./sealedColumns.server";

/** Values read at once. */
const BATCH = 500;

/** What became of one kind of sealed value. `failed` names the rows that no known key opens. */
export type Resealed = Readonly<{ what: string; resealed: number; failed: readonly string[] }>;

const nameOf = ({ column }: SealedColumn): string => `${getTableName(column.table)}.${column.name}`;
const withOldKey = (ctx: UseCaseContext, column: PgColumn) =>
  sql`split_part(${column}, ':', 2) not in (${ctx.keys.currentKeyId}, ${HOUSEHOLDS_OWN})`;

/**
 * Seals everything anew that is sealed under an older master key of DATA_KEY, while the portal is at work:
 * value by value, each only if nobody changed it meanwhile. Safe to repeat, to break off and to begin again:
 * what is done is passed by. Answers kind by kind. Answers to requests are written once and cannot be sealed
 * anew: `keepUntil` says how long they still need the old key.
 * @throws {DomainError} NOT_ALLOWED unless the system
 */
export async function* reseal(ctx: UseCaseContext, batch = BATCH): AsyncGenerator<Resealed> {
  if (ctx.actor.kind !== "system") throw new DomainError("NOT_ALLOWED");
  for (const column of SEALED_COLUMNS) yield await resealColumn(ctx, column, batch);
  yield await resealFiles(ctx, batch);
}

/**
 * The answers that are still sealed under an older key, and when the last of them was given; they go with
 * their retention.
 */
export async function answersUnderOldKeys(
  ctx: UseCaseContext,
): Promise<Readonly<{ answers: number; last: Date | undefined }>> {
  const [row] = await ctx.db
    .select({
      answers: sql<number>`count(*)::int`,
      last: sql`max(${requestKeys.createdAt})`.mapWith(requestKeys.createdAt),
    })
    .from(requestKeys)
    .where(withOldKey(ctx, requestKeys.resultSealed));
  return { answers: row?.answers ?? 0, last: row?.last ?? undefined };
}

async function resealColumn(ctx: UseCaseContext, sealed: SealedColumn, batch: number): Promise<Resealed> {
  const { column, key, place } = sealed;
  const failed: string[] = [];
  let resealed = 0;
  const rows = inBatches(batch, (last: Readonly<{ id: string; value: string }> | undefined) =>
    ctx.db
      .select({ id: sql<string>`${key}`, value: sql<string>`${column}` })
      .from(column.table)
      .where(and(withOldKey(ctx, column), last && gt(key, last.id)))
      .orderBy(asc(key))
      .limit(batch),
  );

  for await (const some of rows) {
    for (const { id, value } of some) {
      const anew = orUndefined(() => sealedAnew(ctx.keys, place(id), value));

      if (anew === undefined) failed.push(id);
      else {
        const done = await ctx.db.execute(
          sql`update ${column.table} set ${sql.identifier(column.name)} = ${anew} where ${and(eq(key, id), eq(column, value))} returning 1`,
        );
        resealed += done.length;
      }
    }
  }

  return { what: nameOf(sealed), resealed, failed };
}

/**
 * Pictures of an organisation's deliveries; those of a household lie under its own key. The old bytes stay
 * where they lie, under their old name.
 */
async function resealFiles(ctx: UseCaseContext, batch: number): Promise<Resealed> {
  const failed: string[] = [];
  let resealed = 0;
  const rows = inBatches(batch, (last: Readonly<{ id: string; sha256: string }> | undefined) =>
    ctx.db
      .select({ id: storedFiles.id, sha256: storedFiles.sha256 })
      .from(storedFiles)
      .where(last && gt(storedFiles.id, last.id))
      .orderBy(asc(storedFiles.id))
      .limit(batch),
  );

  for await (const some of rows) {
    for (const { id, sha256 } of some) {
      try {
        const kept = await ctx.ports.files.get(sha256);
        const anew = kept && sealedAnew(ctx.keys, `stored_file:${id}`, Buffer.from(kept).toString("utf8"));
        if (anew === undefined) continue;
        const put = await ctx.ports.files.put(Buffer.from(anew, "utf8"));
        const done = await ctx.db
          .update(storedFiles)
          .set({ sha256: put.sha256 })
          .where(and(eq(storedFiles.id, id), eq(storedFiles.sha256, sha256)))
          .returning({ id: storedFiles.id });
        resealed += done.length;
      } catch {
        failed.push(id);
      }
    }
  }

  return { what: "stored_file", resealed, failed };
}

function orUndefined<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
