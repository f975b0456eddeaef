import type { Transaction, UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import { limit } from "./limits.server";
import { plusDays, startOfMinute } from "./time";

type Bounds = Readonly<{
  /**
   * When the step before it happened: a parcel is not counted before it was promised, not inspected before it
   * was counted.
   */
  after?: Date | null | undefined;
  /** The field of the form beside which a refusal is said. */
  field?: string;
  /** From when "too long ago" counts; now, unless something written long ago is edited. */
  writtenAt?: Date;
}>;

/**
 * When something was done in the world, as told by whoever writes it down, else now. Never later than now,
 * never before the step before it, and at most `recordedWithinDays` ago: a moment that cannot be would stand
 * in the journal for good.
 *
 * Forms tell minutes. What is told for the very minute of the step before it is taken as that step's own
 * second, so that order holds.
 *
 * @throws {DomainError} IN_THE_FUTURE, BEFORE_THE_STEP_BEFORE, TOO_LONG_AGO with `days`; each said beside
 *   the field
 */
export async function happenedAt(
  tx: Transaction,
  ctx: UseCaseContext,
  told: Date | undefined,
  { after, field = "occurredAt", writtenAt }: Bounds = {},
): Promise<Date> {
  const now = ctx.now();
  if (told === undefined) return now;
  if (told > now) throw new DomainError("IN_THE_FUTURE", {}, field);
  const days = await limit(tx, ctx, "recordedWithinDays");
  if (told < plusDays(writtenAt ?? now, -days)) throw new DomainError("TOO_LONG_AGO", { days }, field);
  if (after == null || told >= after) return told;
  if (told < startOfMinute(after)) throw new DomainError("BEFORE_THE_STEP_BEFORE", {}, field);
  return after;
}

/** The earliest moment that may be told now, for the `min` of its field. */
export async function earliestTold(ctx: UseCaseContext): Promise<Date> {
  return plusDays(ctx.now(), -(await limit(ctx.db, ctx, "recordedWithinDays")));
}
