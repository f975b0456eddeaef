import { and, desc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { requireUser } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { needLines, needs } from "~db/schema/needs";
import { givingIntents } from "~db/schema/payments";
import { collectingCharity } from "./charity.server";
import { GIVING_INTENT } from "./machines.server";
import type { IntendInput } from "./schemas";

/**
 * Writes down that somebody would pay on a day on which no charity may collect (付款意向, R-015).
 * Holds no units and takes no money: its donor is told when payments open again. One waiting intent for a
 * donor and line; safe to repeat.
 *
 * @throws {DomainError} PAYMENTS_OPEN when one can simply pay, NOT_FOUND, ALREADY_INTENDED, SIGN_IN_NEEDED
 */
export async function intendToPay(ctx: UseCaseContext, input: z.infer<typeof IntendInput>): Promise<null> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "intendToPay", input, async () => {
      if (await collectingCharity(tx, ctx.now())) throw new DomainError("PAYMENTS_OPEN");
      const [line] = await tx
        .select({ needId: needLines.needId, kind: needLines.kind })
        .from(needLines)
        .innerJoin(needs, eq(needs.id, needLines.needId))
        .where(
          and(eq(needLines.id, input.lineId), eq(needLines.accepts, true), eq(needs.state, "published")),
        );
      if (!line || line.kind === "service") throw new DomainError("NOT_FOUND");
      const intent = { id: ctx.newId(), state: "waiting" as const };

      await tx.insert(givingIntents).values({
        ...intent,
        donorId: userId,
        needId: line.needId,
        lineId: input.lineId,
        quantity: input.quantity,
        createdAt: ctx.now(),
      });

      await recordBirth(tx, ctx, GIVING_INTENT, intent, "state", {
        by: "donor",
        needId: line.needId,
        data: { quantity: Number(input.quantity) },
      });

      return null;
    }),
  );
}

/** Its donor thinks better of it. @throws {DomainError} NOT_FOUND for somebody else's */
export async function withdrawIntent(ctx: UseCaseContext, intentId: string): Promise<void> {
  const { userId } = requireUser(ctx.actor);

  await inTransaction(ctx, async (tx) => {
    const [intent] = await tx
      .select()
      .from(givingIntents)
      .where(and(eq(givingIntents.id, intentId), eq(givingIntents.donorId, userId)));
    if (!intent) throw new DomainError("NOT_FOUND");
    await transition(tx, ctx, GIVING_INTENT, intent, "withdraw", { by: "donor", needId: intent.needId });
  });
}

/** The donor's own intents that still wait or were told, newest first. */
export async function myIntents(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  return ctx.db
    .select({
      intent: { id: givingIntents.id, state: givingIntents.state, quantity: givingIntents.quantity },
      needCode: needs.code,
      position: needLines.position,
      itemHans: needLines.itemHans,
      itemHant: needLines.itemHant,
    })
    .from(givingIntents)
    .innerJoin(needs, eq(needs.id, givingIntents.needId))
    .innerJoin(needLines, eq(needLines.id, givingIntents.lineId))
    .where(and(eq(givingIntents.donorId, userId), inArray(givingIntents.state, ["waiting", "told"])))
    .orderBy(desc(givingIntents.id))
    .limit(20);
}

/** Clock: once a charity may collect again, everybody who waits is told, once. */
export async function tellIntents(ctx: UseCaseContext): Promise<number> {
  if (!(await collectingCharity(ctx.db, ctx.now()))) return 0;
  const due = eq(givingIntents.state, "waiting");
  return eachDueRow(ctx, "tellIntents", givingIntents, due, async (tx, intent) => {
    await transition(tx, ctx, GIVING_INTENT, intent, "tell", { by: "system", needId: intent.needId });
  });
}
