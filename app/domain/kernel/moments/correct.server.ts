import { recordEvents } from "~/domain/kernel/journal/recordEvent.server";
import { type ActingRole, holds, requireUser } from "../actor";
import { inTransaction, type Transaction, type UseCaseContext } from "../context.server";
import { DomainError } from "../errors";
import { happenedAt } from "../happened.server";
import { once } from "../once.server";
import { startOfMinute } from "../time";
import type { TellingEntry } from "./entries.server";
import type { CorrectMomentInput } from "./input";
import type { MomentStep } from "./vocabulary";

/** The step before a moment, and the first step after it that is told. */
export type Bounds = Readonly<{ after: Date | undefined; before: Date | undefined }>;

/** A moment as it stands, and whose it is. */
export type StandingMoment = Readonly<{
  at: Date;
  /** Looked up only where it is put right: a page shows many moments. */
  bounds: () => Promise<Bounds>;
  entry: TellingEntry;
  needId: string | null;
  giftIds: readonly string[];
  donorIds: readonly string[];
  /** The role in which the actor may put it right; undefined for everybody else. */
  by: ActingRole | undefined;
  /** Writes it where it stands outside the journal too. */
  write: (at: Date) => Promise<unknown>;
}>;

/** The role in which somebody of a town, or of the city, puts right what a town wrote down. */
export function ofTown(ctx: UseCaseContext, townCode: string): ActingRole | undefined {
  if (holds(ctx.actor, "operator")) return "operator";
  return (["caseworker", "town_reviewer"] as const).find((role) =>
    holds(ctx.actor, role, { kind: "town", id: townCode }),
  );
}

/** What came of nobody's gift, and stands in the journal alone. */
export const OF_NO_GIFT = { giftIds: [], donorIds: [], write: () => Promise.resolve() } as const;

/** How a room keeps the moments of one kind of step. */
export type MomentKeeper = Readonly<{
  /** Corrections of one thing, and its own next step, come one after another. */
  lock: (tx: Transaction, id: string) => Promise<unknown>;
  /** The moment of a step; undefined when there is no such step. */
  standing: (tx: Transaction, ctx: UseCaseContext, id: string) => Promise<StandingMoment | undefined>;
}>;

/**
 * A moment that was written down wrong is put right by an entry of its own, which names the entry it
 * corrects, the old and the new moment, and why; the journal keeps both, and whoever reads the thing's way
 * reads both. What was concluded from the old moment stays: a deadline that somebody was given, a consent's
 * end, a day in the books (which are only added to), the best-before that was checked.
 *
 * The same order holds as for the step itself: not in the future, not before the step before nor after the
 * step after, not after it was written down, within `recordedWithinDays` of that. Two people stand behind
 * each moment: whoever wrote it down has it corrected by somebody else whom its room names, never by a donor
 * of these goods. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND for everybody else and for what does not exist, FOUR_EYES for whoever
 *   wrote it down and its donors, CHANGED_MEANWHILE when it is no longer the moment that was seen,
 *   IN_THE_FUTURE, BEFORE_THE_STEP_BEFORE, AFTER_THE_STEP_AFTER, TOO_LONG_AGO
 */
export async function correctWith(
  ctx: UseCaseContext,
  keeper: MomentKeeper,
  input: CorrectMomentInput,
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "correctMoment", input, async () => {
      await keeper.lock(tx, input.id);
      const now = await keeper.standing(tx, ctx, input.id);
      if (now?.by === undefined) throw new DomainError("NOT_FOUND");
      const { at, entry, needId, by, write } = now;
      if (isOwn(now, userId)) throw new DomainError("FOUR_EYES");
      if (startOfMinute(at).getTime() !== startOfMinute(input.was).getTime())
        throw new DomainError("CHANGED_MEANWHILE");
      const { after, before } = await now.bounds();
      const shall = await happenedAt(tx, ctx, input.shall, {
        after,
        field: "shall",
        writtenAt: entry.recordedAt,
      });
      const latest = before !== undefined && before < entry.recordedAt ? before : entry.recordedAt;
      if (shall > latest) throw new DomainError("AFTER_THE_STEP_AFTER", {}, "shall");
      await write(shall);
      const facts = { by, reason: input.reason, ...(needId === null ? {} : { needId }) };
      const data = {
        step: input.step,
        of: input.id,
        entry: entry.id,
        was: at.toISOString(),
        shall: shall.toISOString(),
      };
      // One entry for each gift, so that each donor reads it on the way of their own; they were corrected by
      // one act and say the same; `copy` counts them.
      const gifts = now.giftIds.length === 0 ? [{}] : now.giftIds.map((giftId) => ({ giftId }));
      const events = gifts.map((gift, copy) => ({
        ...facts,
        ...gift,
        data: { ...data, copy },
        entity: "moment_correction",
        entityId: ctx.newId(),
        entityVersion: 1,
      }));

      await recordEvents(
        tx,
        ctx,
        events.map((event) => ({
          ...event,
          event: "moment_correction.make",
          fromState: null,
          toState: null,
        })),
      );

      return {};
    }),
  );
}

/** Whether the moment is the reader's own word, or their own gift's: somebody else has to put it right. */
const isOwn = ({ entry, donorIds }: StandingMoment, userId: string): boolean =>
  entry.actorId === userId || donorIds.includes(userId);

/**
 * A moment of a page that its reader may put right; `mine` where they wrote it down, or gave it, themselves.
 */
export type CorrectableMoment = Readonly<{ step: MomentStep; id: string; at: Date; mine: boolean }>;

type Keepers<Step extends MomentStep> = Readonly<Record<Step, MomentKeeper>>;

/**
 * Those of these steps, each with the id of its thing, that happened and that the reader may put right from
 * where they work.
 */
export async function correctable<Step extends MomentStep>(
  ctx: UseCaseContext,
  keepers: Keepers<Step>,
  steps: readonly Readonly<{ step: Step; id: string }>[],
): Promise<CorrectableMoment[]> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const found: CorrectableMoment[] = [];

    for (const { step, id } of steps) {
      const now = await keepers[step].standing(tx, ctx, id);
      if (now?.by !== undefined) found.push({ step, id, at: now.at, mine: isOwn(now, userId) });
    }

    return found;
  });
}
