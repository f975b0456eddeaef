import { and, asc, desc, eq, gt, lte } from "drizzle-orm";
import { settings } from "~db/schema/identity";
import { recordEvent } from "~/journal/recordEvent.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import { LIMIT_KNOWN_AFTER_SECONDS, type LimitName } from "~/domain/kernel/limits.server";
import { plusSeconds } from "~/domain/kernel/time";

/** Every limit with what is in force, since when, and what is to come. */
export async function limitsPage(ctx: UseCaseContext) {
  requireRole(ctx.actor, "admin");
  return Promise.all(
    LIMIT_NAMES.map(async (name) => {
      const [now] = await ctx.db
        .select()
        .from(settings)
        .where(and(eq(settings.key, name), lte(settings.validFrom, ctx.now())))
        .orderBy(desc(settings.validFrom))
        .limit(1);
      const [next] = await ctx.db
        .select()
        .from(settings)
        .where(and(eq(settings.key, name), gt(settings.validFrom, ctx.now())))
        .orderBy(asc(settings.validFrom))
        .limit(1);
      const [least, most] = LIMIT_BOUNDS[name];
      return { name, value: Number(now?.value ?? 0), since: now?.validFrom, next: next && { value: Number(next.value), from: next.validFrom }, least, most };
    }),
  );
}

/**
 * Sets a limit from a moment on, which is in five seconds at the earliest: by then every process knows of it. What was in force before stays on record with its dates. A journal row says who set it.
 * @throws {DomainError} NOT_ALLOWED unless admin, IN_THE_PAST, CHANGED_MEANWHILE when that moment has a value already
 */
export async function changeLimit(ctx: UseCaseContext, { name, value, validFrom }: { name: LimitName; value: number; validFrom?: Date | undefined }): Promise<void> {
  const { userId } = requireRole(ctx.actor, "admin");
  if (validFrom && validFrom < ctx.now()) throw new DomainError("IN_THE_PAST");
  const soonest = plusSeconds(ctx.now(), LIMIT_KNOWN_AFTER_SECONDS);
  const from = validFrom && validFrom > soonest ? validFrom : soonest;
  await inTransaction(ctx, async (tx) => {
    const id = ctx.newId();
    const set = await tx
      .insert(settings)
      .values({ id, key: name, value: String(value), validFrom: from, setBy: userId, setAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: settings.id });
    if (set.length === 0) throw new DomainError("CHANGED_MEANWHILE");
    await recordEvent(tx, ctx, {
      entity: "setting",
      entityId: id,
      entityVersion: 1,
      event: "setting.change",
      fromState: null,
      toState: null,
      by: "admin",
      data: { name, value, from: from.toISOString() },
    });
  });
}
