import { and, asc, desc, eq, gte, lt, lte, or, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inBatches } from "~/domain/kernel/batches";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { pageOf } from "~/domain/kernel/page";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { endOfDay, startOfDay } from "~/domain/kernel/time";
import { households, recordOpenings } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { portalUses, type UseKind } from "~db/schema/trail";

const PAGE = 50;

/** Which uses of the portal are meant: of one calendar day, of one kind. */
export type UseFilter = Readonly<{ day?: string | undefined; kind?: UseKind | undefined }>;

const meant = ({ day, kind }: UseFilter) =>
  and(
    day === undefined
      ? undefined
      : and(gte(portalUses.at, startOfDay(day)), lte(portalUses.at, endOfDay(day))),
    kind === undefined ? undefined : eq(portalUses.kind, kind),
  );

const shown = (ctx: UseCaseContext) =>
  ctx.db
    .select({
      id: portalUses.id,
      at: portalUses.at,
      kind: portalUses.kind,
      what: portalUses.what,
      times: portalUses.times,
      who: appUsers.displayName,
      accountId: portalUses.actorId,
      from: portalUses.clientAddress,
      /** Whose record was opened. */
      householdCode: households.code,
    })
    .from(portalUses)
    .leftJoin(appUsers, eq(appUsers.id, portalUses.actorId))
    .leftJoin(journal, eq(journal.id, portalUses.journalId))
    .leftJoin(recordOpenings, and(eq(portalUses.kind, "opening"), eq(recordOpenings.id, journal.entityId)))
    .leftJoin(households, eq(households.id, recordOpenings.subjectId));

/**
 * Who used the portal for what, newest first: came in, tried to, was refused, took a file along, opened a
 * record, changed a role.
 * @throws {DomainError} NOT_ALLOWED unless auditor
 */
export async function trailOfUse(ctx: UseCaseContext, filter: UseFilter, before?: string) {
  requireRole(ctx.actor, "auditor");
  const [last] =
    before === undefined
      ? []
      : await ctx.db.select({ at: portalUses.at }).from(portalUses).where(eq(portalUses.id, before));
  const older =
    last && before !== undefined
      ? or(lt(portalUses.at, last.at), and(eq(portalUses.at, last.at), lt(portalUses.id, before)))
      : undefined;
  const rows = await shown(ctx)
    .where(and(meant(filter), older))
    .orderBy(desc(portalUses.at), desc(portalUses.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.id);
}

/** One line of the trail, as its readers see it. */
export type UseLine = Awaited<ReturnType<typeof trailOfUse>>["rows"][number];

/** Lines read at once. */
const BATCH = 2_000;

/**
 * The same of one whole day for a file, oldest first, batch by batch, up to the moment at which the file
 * began. @throws {DomainError} NOT_ALLOWED
 * unless auditor, with the first batch
 */
export async function* useOfDay(ctx: UseCaseContext, day: string, batch = BATCH) {
  requireSteppedUp(ctx, "useOfDay");
  requireRole(ctx.actor, "auditor");
  const began = ctx.now();

  yield* inBatches(batch, (last: UseLine | undefined) =>
    shown(ctx)
      .where(
        and(
          meant({ day }),
          lte(portalUses.at, began),
          // As a row, which the index walks: with "or" each batch would read the day from its beginning.
          last && sql`(${portalUses.at}, ${portalUses.id}) > (${last.at.toISOString()}, ${last.id})`,
        ),
      )
      .orderBy(asc(portalUses.at), asc(portalUses.id))
      .limit(batch),
  );
}
