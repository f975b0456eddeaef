import { asc, desc, eq, gt, lte, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { isAmount, LIMIT_BOUNDS, LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import { LIMIT_KNOWN_AFTER_SECONDS, type LimitName } from "~/domain/kernel/limits.server";
import { yuanText } from "~/domain/kernel/money";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusSeconds } from "~/domain/kernel/time";
import { settings } from "~db/schema/kernel";

/** Every limit with what is in force, since when, and what is to come. */
export async function limitsPage(ctx: UseCaseContext) {
  requireRole(ctx.actor, "admin");
  const dated = () =>
    ctx.db
      .selectDistinctOn([settings.key], {
        key: settings.key,
        value: settings.value,
        from: settings.validFrom,
      })
      .from(settings);
  const [inForce, toCome, setLast] = await Promise.all([
    dated().where(lte(settings.validFrom, ctx.now())).orderBy(settings.key, desc(settings.validFrom)),
    dated().where(gt(settings.validFrom, ctx.now())).orderBy(settings.key, asc(settings.validFrom)),
    ctx.db
      .selectDistinctOn([settings.key], { key: settings.key, id: settings.id, value: settings.value })
      .from(settings)
      .orderBy(settings.key, desc(settings.setAt), desc(settings.id)),
  ]);
  return LIMIT_NAMES.map((name) => {
    const now = inForce.find(({ key }) => key === name);
    const next = toCome.find(({ key }) => key === name);
    const [least, most] = LIMIT_BOUNDS[name];
    const value = Number(now?.value ?? 0);
    const last = setLast.find(({ key }) => key === name);
    // What was set last, also while it is still to come: who sends that again changes nothing, and who says
    // otherwise is heard.
    const latest = last?.value ?? String(value);
    const stored = {
      values: {
        name: name as string,
        value: isAmount(name) ? yuanText(BigInt(latest)) : latest,
        validFrom: "",
      },
      opened: openedOn(last?.id ?? ""),
    };
    return {
      name,
      value,
      stored,
      since: now?.from,
      next: next && { value: Number(next.value), from: next.from },
      least,
      most,
    };
  });
}

/** The latest entry of a limit, whenever it holds: what a form for another one was opened on. */
async function lastSet(
  db: Transaction | UseCaseContext["db"],
  name: LimitName,
): Promise<Readonly<{ id: string; value: string }> | undefined> {
  const [last] = await db
    .select({ id: settings.id, value: settings.value })
    .from(settings)
    .where(eq(settings.key, name))
    .orderBy(desc(settings.setAt), desc(settings.id))
    .limit(1);
  return last;
}

/** A limit's form as it stands. @throws {DomainError} NOT_ALLOWED unless admin, NOT_FOUND */
export async function storedLimit(ctx: UseCaseContext, name: LimitName) {
  const found = (await limitsPage(ctx)).find((row) => row.name === name);
  if (!found) throw new DomainError("NOT_FOUND");
  return found.stored;
}

type Change = Readonly<{ name: LimitName; value: number; validFrom?: Date | undefined; version: Opened }>;

/**
 * Sets a limit from a moment on, which is in five seconds at the earliest: by then every process knows of it.
 * What was in force before stays on record with its dates. A journal row says who set it.
 * @throws {DomainError} NOT_ALLOWED unless admin, IN_THE_PAST, CHANGED_MEANWHILE when somebody set it since
 *   the form was opened
 */
export async function changeLimit(
  ctx: UseCaseContext,
  { name, value, validFrom, version }: Change,
): Promise<void> {
  requireSteppedUp(ctx, "changeLimit");
  const { userId } = requireRole(ctx.actor, "admin");
  if (validFrom && validFrom < ctx.now()) throw new DomainError("IN_THE_PAST");
  const soonest = plusSeconds(ctx.now(), LIMIT_KNOWN_AFTER_SECONDS);
  const from = validFrom && validFrom > soonest ? validFrom : soonest;

  await inTransaction(ctx, async (tx) => {
    // Of two at once the second waits here, and then sees what the first one set. Nothing else asks for this
    // lock.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`setting ${name}`}))`);
    requireUnchanged(version, (await lastSet(tx, name))?.id ?? "");
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
