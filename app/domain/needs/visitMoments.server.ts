import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import {
  type CorrectableMoment,
  type MomentKeeper,
  OF_NO_GIFT,
  ofTown,
  type StandingMoment,
} from "~/domain/kernel/moments/correct.server";
import { correctedTo } from "~/domain/kernel/moments/entries.server";
import { journal } from "~db/schema/journal";
import { type NeedKind, needs } from "~db/schema/needs";
import { NEED } from "./machine.server";

/** Whoever files a wish tells when they visited, and again whenever they change it. */
const VISIT_EVENTS = ["need.draft", "need.edit"] as const;

/** The last entry of these events before a version of the need, with the moment that stands for it. */
async function told(tx: Transaction, needId: string, events: readonly string[], before?: number) {
  const [entry] = await tx
    .select({
      id: journal.id,
      version: journal.entityVersion,
      at: journal.occurredAt,
      actorId: journal.actorId,
      recordedAt: journal.recordedAt,
    })
    .from(journal)
    .where(
      and(
        eq(journal.entity, NEED.entity),
        eq(journal.entityId, needId),
        inArray(journal.event, [...events]),
        before === undefined ? undefined : lt(journal.entityVersion, before),
      ),
    )
    .orderBy(desc(journal.entityVersion))
    .limit(1);
  return entry && { ...entry, at: (await correctedTo(tx, entry.id)) ?? entry.at };
}

/**
 * When the visit was on which the need was last written down; the second person comes after it, or with the
 * first.
 */
export const visitOf = async (tx: Transaction, needId: string): Promise<Date | undefined> =>
  (await told(tx, needId, VISIT_EVENTS))?.at;

const findWish = async (tx: Transaction, needId: string) => {
  const [need] = await tx
    .select({ townCode: needs.townCode, kind: needs.kind })
    .from(needs)
    .where(eq(needs.id, needId));
  // Nobody visits for an organisation's need.
  return need?.kind === "wish" ? need : undefined;
};

/** The filer's visit: not after the reviewer's, where that came of what was filed then. */
async function visited(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
): Promise<StandingMoment | undefined> {
  const need = await findWish(tx, needId);
  const visit = need && (await told(tx, needId, VISIT_EVENTS));
  if (!need || !visit) return undefined;
  const bounds = async () => {
    const review = await told(tx, needId, ["need.verify"]);
    return { after: undefined, before: review && review.version > visit.version ? review.at : undefined };
  };

  return {
    ...OF_NO_GIFT,
    at: visit.at,
    bounds,
    entry: visit,
    needId,
    by: ofTown(ctx, need.townCode),
  };
}

/** The reviewer's visit: not before the one that it confirms. */
async function verified(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
): Promise<StandingMoment | undefined> {
  const need = await findWish(tx, needId);
  const review = need && (await told(tx, needId, ["need.verify"]));
  if (!need || !review) return undefined;
  const bounds = async () => {
    const visit = await told(tx, needId, VISIT_EVENTS, review.version);
    return { after: visit?.at, before: undefined };
  };

  return {
    ...OF_NO_GIFT,
    at: review.at,
    bounds,
    entry: review,
    needId,
    by: ofTown(ctx, need.townCode),
  };
}

const lock = (tx: Transaction, needId: string) =>
  tx.select({ id: needs.id }).from(needs).where(eq(needs.id, needId)).for("no key update");

/** The visits of a wish: put right by another person of its town, or of the city. */
export const VISIT_MOMENTS = {
  visited: { lock, standing: visited },
  verified: { lock, standing: verified },
} as const satisfies Record<string, MomentKeeper>;

type Step = Readonly<{ event: string; occurredAt: Date; mine: boolean }>;

/**
 * The visits of a wish, the filer's and the reviewer's, as far as the reader may put their moments right.
 * @param steps its way as its page shows it, each with the moment that stands
 */
export function visitMoments(
  ctx: UseCaseContext,
  {
    need: { id, kind, townCode },
    steps,
  }: Readonly<{ need: Readonly<{ id: string; kind: NeedKind; townCode: string }>; steps: readonly Step[] }>,
): CorrectableMoment[] {
  if (kind !== "wish" || ofTown(ctx, townCode) === undefined) return [];
  const moment = (step: keyof typeof VISIT_MOMENTS, events: readonly string[]): CorrectableMoment[] => {
    const entry = steps.findLast(({ event }) => events.includes(event));
    return entry ? [{ step, id, at: entry.occurredAt, mine: entry.mine }] : [];
  };

  return [...moment("visited", VISIT_EVENTS), ...moment("verified", ["need.verify"])];
}
