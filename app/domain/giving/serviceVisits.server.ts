import { and, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { fulfilPledge, giveBack } from "~/domain/giving/giveBack.server";
import { PLEDGE } from "~/domain/giving/machine.server";
import { standing } from "~/domain/giving/states";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { dayPlus, endOfDay, shanghaiDay } from "~/domain/kernel/time";
import { machine, recordBirth, transition } from "~/domain/kernel/transition.server";
import type { Database } from "~db/client";
import { serviceVisits } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { needs } from "~db/schema/needs";
import type { ArrangeVisitInput, RecordVisitInput } from "./serviceVisitSchemas";

export const SERVICE_VISIT = machine({
  entity: "service_visit",
  table: serviceVisits,
  transitions: { done: { accept: "accepted", dispute: "disputed" }, accepted: {}, disputed: {} },
});

async function townOfPledge(tx: Transaction, needId: string): Promise<string> {
  const [need] = await tx.select({ townCode: needs.townCode }).from(needs).where(eq(needs.id, needId));
  return need?.townCode ?? "";
}

/** Units of a promise that were done and wait to be accepted: nobody gives them back meanwhile. */
export async function unitsDone(tx: Transaction, pledgeId: string): Promise<bigint> {
  const [row] = await tx
    .select({ waiting: sql<string>`coalesce(sum(${serviceVisits.quantity}), 0)` })
    .from(serviceVisits)
    .where(and(eq(serviceVisits.pledgeId, pledgeId), eq(serviceVisits.state, "done")));
  return BigInt(row?.waiting ?? 0);
}

/**
 * Whether a service of this gift was done, and its recipient did not say otherwise: from then on the gift is
 * not taken back.
 */
export async function anyServiceDone(db: Transaction | Database, giftId: string): Promise<boolean> {
  const [visit] = await db
    .select({ id: serviceVisits.id })
    .from(serviceVisits)
    .innerJoin(pledges, eq(pledges.id, serviceVisits.pledgeId))
    .where(and(eq(pledges.giftId, giftId), inArray(serviceVisits.state, ["done", "accepted"])))
    .limit(1);
  return visit !== undefined;
}

/**
 * Units of a promised service were done: on which day, by whom. Recorded by the donor who does it or by a
 * caseworker of the town; accepted later by somebody else.
 * @throws {DomainError} MORE_THAN_PROMISED, NOT_FOUND for somebody else's pledge
 */
export async function recordVisit(
  ctx: UseCaseContext,
  input: z.infer<typeof RecordVisitInput>,
): Promise<{ visitId: string }> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "recordVisit", input, async () => {
      const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, input.pledgeId)).for("update");
      const townCode = pledge ? await townOfPledge(tx, pledge.needId) : "";
      const isCaseworker = holds(ctx.actor, "caseworker", { kind: "town", id: townCode });
      if (
        pledge?.kind !== "service" ||
        pledge.state !== "confirmed" ||
        (pledge.donorId !== userId && !isCaseworker)
      )
        throw new DomainError("NOT_FOUND");
      const left = standing(pledge) - (await unitsDone(tx, pledge.id));
      if (input.quantity > left) throw new DomainError("MORE_THAN_PROMISED", { left: Number(left) });
      const occurredAt = await happenedAt(tx, ctx, input.occurredAt, { after: pledge.createdAt });
      const visit = { id: ctx.newId(), state: "done" as const };

      await tx.insert(serviceVisits).values({
        ...visit,
        pledgeId: pledge.id,
        lineId: pledge.lineId,
        quantity: input.quantity,
        providerName: input.providerName,
        doneOn: shanghaiDay(occurredAt),
        recordedBy: userId,
        occurredAt,
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, SERVICE_VISIT, visit, "record", {
        by: pledge.donorId === userId ? "donor" : "caseworker",
        occurredAt,
        needId: pledge.needId,
        giftId: pledge.giftId,
        data: { quantity: Number(input.quantity) },
      });

      return { visitId: visit.id };
    }),
  );
}

/**
 * Donor and caseworker agreed on the day of a promised service: the donor reads it in a letter and on their
 * gift's page, and nothing counts as overdue before it. Another day may be named as long as something of it
 * is to be done.
 * @throws {DomainError} NOT_FOUND for another town's, WRONG_STATE when all of it was done, DAY_NOT_OFFERED
 *   with `first` and `last`
 */
export async function arrangeVisit(
  ctx: UseCaseContext,
  { pledgeId, day }: z.infer<typeof ArrangeVisitInput>,
): Promise<void> {
  requireUser(ctx.actor);
  await inTransaction(ctx, async (tx) => {
    const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, pledgeId)).for("update");
    const townCode = pledge ? await townOfPledge(tx, pledge.needId) : "";
    if (pledge?.kind !== "service" || !holds(ctx.actor, "caseworker", { kind: "town", id: townCode }))
      throw new DomainError("NOT_FOUND");
    const first = shanghaiDay(ctx.now());
    const last = dayPlus(first, await limit(tx, ctx, "serviceWithinDays"));
    if (day < first || day > last) throw new DomainError("DAY_NOT_OFFERED", { first, last });
    if (standing(pledge) - (await unitsDone(tx, pledge.id)) <= 0n) throw new DomainError("WRONG_STATE");
    const dueAt = pledge.dueAt !== null && pledge.dueAt > endOfDay(day) ? pledge.dueAt : endOfDay(day);
    const set = { arrangedFor: day, dueAt, remindedAt: null };

    await transition(tx, ctx, PLEDGE, pledge, "arrange", {
      by: "caseworker",
      needId: pledge.needId,
      giftId: pledge.giftId,
      data: { day },
      set,
    });
  });
}

async function hasEnded(tx: Transaction, needId: string): Promise<boolean> {
  const [need] = await tx.select({ state: needs.state }).from(needs).where(eq(needs.id, needId)).for("share");
  return need?.state === "withdrawn";
}

/**
 * The recipient, through a caseworker of the town who did not record it, accepts the service: its units are
 * delivered. Or disputes it: they stay promised, or go back where the need has ended meanwhile.
 */
export async function acceptVisit(
  ctx: UseCaseContext,
  visitId: string,
  decision: "accept" | "dispute",
): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select({ visit: serviceVisits, pledge: pledges })
      .from(serviceVisits)
      .innerJoin(pledges, eq(pledges.id, serviceVisits.pledgeId))
      .where(eq(serviceVisits.id, visitId))
      .for("update");
    if (!row) throw new DomainError("NOT_FOUND");
    const town = { kind: "town", id: await townOfPledge(tx, row.pledge.needId) } as const;
    if (!holds(ctx.actor, "caseworker", town) && !holds(ctx.actor, "town_reviewer", town))
      throw new DomainError("NOT_FOUND");
    if (row.visit.recordedBy === userId || row.pledge.donorId === userId) throw new DomainError("FOUR_EYES");
    const facts = { by: "caseworker", needId: row.pledge.needId, giftId: row.pledge.giftId } as const;
    await transition(tx, ctx, SERVICE_VISIT, row.visit, decision, { ...facts, set: { acceptedBy: userId } });
    const { quantity } = row.visit;
    if (decision === "accept")
      await fulfilPledge(tx, ctx, row.pledge, { by: "caseworker", quantity, into: "delivered" });
    else if (await hasEnded(tx, row.pledge.needId))
      await giveBack(tx, ctx, row.pledge, {
        by: "caseworker",
        ...(quantity === standing(row.pledge)
          ? { event: "target_gone" }
          : { event: "return_part", quantity }),
      });
  });
}

/** Puts right when hours were given; its entry of correction is the caller's. */
export const setDoneOn = (tx: Transaction, visitId: string, at: Date) =>
  tx
    .update(serviceVisits)
    .set({ occurredAt: at, doneOn: shanghaiDay(at) })
    .where(eq(serviceVisits.id, visitId));
