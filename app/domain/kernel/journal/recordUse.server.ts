import { isIP } from "node:net";
import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { actorId } from "~/domain/kernel/actor";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { plainAddress } from "~/domain/kernel/rate.server";
import { plusMinutes } from "~/domain/kernel/time";
import { portalUses, type UseKind } from "~db/schema/trail";

type Use = Readonly<{
  kind: Exclude<UseKind, "opening" | "role">;
  /** A page's pattern or a file's name. */
  what: string;
  /** Whose account it was, where that is not whoever asks. */
  accountId?: string | undefined;
}>;

const is = (column: AnyPgColumn, value: string | null): SQL | undefined =>
  value === null ? isNull(column) : eq(column, value);

/**
 * Writes into the trail of use that somebody came in, tried to, was refused, or took a file along; from where
 * is said by the context. The same again from the same address within a minute counts in its row, so that
 * nobody fills the table.
 */
export async function recordUse(
  db: Database | Transaction,
  ctx: UseCaseContext,
  { kind, what, accountId }: Use,
): Promise<void> {
  const at = ctx.now();
  const row = { kind, what, actorId: accountId ?? actorId(ctx.actor), clientAddress: addressOf(ctx) };
  const again = await db
    .update(portalUses)
    .set({ times: sql`${portalUses.times} + 1` })
    .where(
      and(
        eq(portalUses.kind, kind),
        eq(portalUses.what, what),
        is(portalUses.actorId, row.actorId),
        is(portalUses.clientAddress, row.clientAddress),
        gt(portalUses.at, plusMinutes(at, -1)),
      ),
    )
    .returning({ id: portalUses.id });
  if (again.length === 0) await db.insert(portalUses).values({ id: ctx.newId(), at, ...row });
}

/**
 * The line of the trail that goes with a row of the journal: from where a record was opened, or somebody's
 * rights were changed.
 */
export const useOfJournal = (
  ctx: UseCaseContext,
  { id, event, recordedAt }: Readonly<{ id: string; event: string; recordedAt: Date }>,
  kind: "opening" | "role",
) => ({
  id: ctx.newId(),
  at: recordedAt,
  kind,
  actorId: actorId(ctx.actor),
  what: event,
  journalId: id,
  clientAddress: addressOf(ctx),
});

/** The address as the table can hold it: what a proxy hands on that is no address is none. */
function addressOf({ clientAddress }: UseCaseContext): string | null {
  const plain = plainAddress(clientAddress ?? "");
  return isIP(plain) === 0 ? null : plain;
}
