import { and, asc, eq, inArray } from "drizzle-orm";
import { type ActingRole, holds } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { ofTown, type StandingMoment } from "~/domain/kernel/moments/correct.server";
import { firstAfter, toldBy } from "~/domain/kernel/moments/entries.server";
import type { Database } from "~db/client";
import { deliveries } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { type Delivery, lastDeliveryStepOf } from "./machine.server";
import { deliveryWithGifts } from "./momentParts.server";

/**
 * Steps of a delivery that stand in the journal and the goods book alone, which are only added to: each entry
 * has its own correction.
 */
const WRITTEN_STEPS = {
  brought_back: ["delivery.bring_back", "delivery.bring_back_rest"],
  lost: ["delivery.lose", "delivery.lose_part"],
  confirmed: ["delivery.confirm"],
} as const;

type WrittenStep = keyof typeof WRITTEN_STEPS;

/** Locks the delivery of an entry, as its own next step does. */
export async function lockWritten(tx: Transaction, entryId: string): Promise<void> {
  const [entry] = await tx
    .select({ deliveryId: journal.entityId })
    .from(journal)
    .where(eq(journal.id, entryId));
  if (entry)
    await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(eq(deliveries.id, entry.deliveryId))
      .for("update");
}

/**
 * Goods that came back to the point, goods that were lost, a receipt that was confirmed: by the store, the
 * city, the town. `id` is that of the entry.
 */
export const ofWritten =
  (step: WrittenStep) =>
  async (tx: Transaction, ctx: UseCaseContext, entryId: string): Promise<StandingMoment | undefined> => {
    const entry = await toldBy(tx, entryId, "delivery", WRITTEN_STEPS[step]);
    const found = entry && (await deliveryWithGifts(tx, entry.entityId));
    if (!entry || !found) return undefined;
    const { delivery, townCode, its } = found;
    return {
      at: entry.standsAt,
      bounds: async () => ({
        after: await lastDeliveryStepOf(tx, delivery, entry.recordedAt),
        before: await firstAfter(tx, "delivery", delivery.id, entry.id),
      }),
      entry,
      ...its,
      by: keeperOf(ctx, step, delivery, townCode),
      write: () => Promise.resolve(),
    };
  };

function keeperOf(
  ctx: UseCaseContext,
  step: WrittenStep,
  delivery: Delivery,
  townCode: string,
): ActingRole | undefined {
  if (step === "confirmed") return ofTown(ctx, townCode);
  if (step === "brought_back" && holds(ctx.actor, "storekeeper", { kind: "point", id: delivery.pointId }))
    return "storekeeper";
  return holds(ctx.actor, "operator") ? "operator" : undefined;
}

/** The entries of these steps of one delivery, in the order in which they were written. */
export async function writtenSteps(
  db: Database,
  deliveryId: string,
): Promise<readonly { step: WrittenStep; id: string }[]> {
  const rows = await db
    .select({ id: journal.id, event: journal.event })
    .from(journal)
    .where(
      and(
        eq(journal.entity, "delivery"),
        eq(journal.entityId, deliveryId),
        inArray(journal.event, Object.values(WRITTEN_STEPS).flat()),
      ),
    )
    .orderBy(asc(journal.entityVersion));
  const stepOf = (event: string) =>
    (Object.keys(WRITTEN_STEPS) as WrittenStep[]).find((step) =>
      (WRITTEN_STEPS[step] as readonly string[]).includes(event),
    );
  return rows.flatMap(({ id, event }) => {
    const step = stepOf(event);
    return step === undefined ? [] : [{ step, id }];
  });
}
