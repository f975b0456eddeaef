import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import {
  type MomentKeeper,
  OF_NO_GIFT,
  ofTown,
  type StandingMoment,
} from "~/domain/kernel/moments/correct.server";
import { entryOf } from "~/domain/kernel/moments/entries.server";
import { households } from "~db/schema/households";
import { recipientRequests } from "~db/schema/requests";

const lock = (tx: Transaction, requestId: string) =>
  tx
    .select({ id: recipientRequests.id })
    .from(recipientRequests)
    .where(eq(recipientRequests.id, requestId))
    .for("update");

async function asked(
  tx: Transaction,
  ctx: UseCaseContext,
  requestId: string,
): Promise<StandingMoment | undefined> {
  const [row] = await tx
    .select({ request: recipientRequests, townCode: households.townCode })
    .from(recipientRequests)
    .innerJoin(households, eq(households.id, recipientRequests.householdId))
    .where(eq(recipientRequests.id, requestId));
  if (!row) return undefined;
  const { request, townCode } = row;
  // The entry of its birth is named after what was asked for.
  const entry = await entryOf(tx, "recipient_request", requestId, `recipient_request.${request.kind}`);
  if (!entry) return undefined;
  const write = (at: Date) =>
    tx.update(recipientRequests).set({ occurredAt: at }).where(eq(recipientRequests.id, requestId));
  return {
    ...OF_NO_GIFT,
    at: request.occurredAt,
    bounds: () => Promise.resolve({ after: undefined, before: undefined }),
    entry,
    needId: request.needId,
    by: ofTown(ctx, townCode),
    write,
  };
}

/**
 * When a recipient asked for something: put right by another person of their town, or of the city. The day of
 * the answer that they were given stays.
 */
export const REQUEST_MOMENTS = { asked: { lock, standing: asked } } as const satisfies Record<
  string,
  MomentKeeper
>;
