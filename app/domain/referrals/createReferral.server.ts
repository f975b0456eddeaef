import { and, eq, sql } from "drizzle-orm";
import { sealFor } from "~/domain/households/dataKey.server";
import { holds, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { referralOwners, referrals } from "~db/schema/referrals";
import { endUnhelped } from "./closeReferral.server";
import { dueIn, REFERRAL } from "./machine.server";
import type { CreateReferralInput } from "./schemas";

/** The condition of the index by which a household has one open referral for an item. */
const OPEN_ONES = sql`due_at is not null`;

export const placeOfAsked = (referralId: string) => `referral.asked:${referralId}`;

/**
 * Writes a referral of a household of the caseworker's town: to the provider of an item, or to several
 * departments of which the first leads. Nothing is shared yet. With `insteadOf`, the referral it replaces
 * ends as "referred elsewhere" in the same transaction, naming this one. Safe to repeat by its request key.
 * @throws {DomainError} NOT_FOUND outside the town, for a group and for an item that is not published;
 *   ALREADY_REFERRED
 */
export async function createReferral(
  ctx: UseCaseContext,
  input: CreateReferralInput,
): Promise<{ referralId: string }> {
  const { userId } = requireUser(ctx.actor);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "createReferral", input, async () => {
      const [household] = await tx
        .select()
        .from(households)
        .where(eq(households.id, input.householdId))
        .for("share");
      const mine = household && holds(ctx.actor, "caseworker", { kind: "town", id: household.townCode });
      if (!mine || household.kind !== "household" || household.erasedAt !== null)
        throw new DomainError("NOT_FOUND");
      const { itemCode, departments } = await broughtTo(tx, input);
      const referral = { id: ctx.newId(), code: makeCode("R", ctx.randomBytes), state: "created" as const };
      const written = await tx
        .insert(referrals)
        .values({
          ...referral,
          householdId: household.id,
          itemCode,
          townCode: household.townCode,
          dueAt: await dueIn(tx, ctx, "created", ctx.now()),
          askedSealed:
            input.asked === undefined
              ? null
              : await sealFor(tx, ctx, household.id, placeOfAsked(referral.id), input.asked),
          createdBy: userId,
          createdAt: ctx.now(),
        })
        .onConflictDoNothing({ target: [referrals.householdId, referrals.itemCode], where: OPEN_ONES })
        .returning({ id: referrals.id });
      if (written.length === 0) throw new DomainError("ALREADY_REFERRED");
      await tx.insert(referralOwners).values(
        departments.map((department, place) => ({
          id: ctx.newId(),
          referralId: referral.id,
          department,
          isLead: place === 0,
          addedAt: ctx.now(),
        })),
      );

      await recordBirth(tx, ctx, REFERRAL, referral, "create", {
        by: "caseworker",
        data: { householdId: household.id, itemCode, departments: departments.length },
      });

      if (input.insteadOf !== undefined)
        await replace(tx, ctx, input.insteadOf, { ...referral, householdId: household.id });
      return { referralId: referral.id };
    }),
  );
}

async function broughtTo(
  tx: Transaction,
  input: CreateReferralInput,
): Promise<{ itemCode: string | null; departments: string[] }> {
  if (input.kind === "joint") return { itemCode: null, departments: input.departments };
  const [item] = await tx
    .select({ code: listItems.code, provider: listItems.provider })
    .from(listItems)
    .where(and(eq(listItems.code, input.itemCode), eq(listItems.state, "published")));
  if (!item) throw new DomainError("NOT_FOUND");
  return { itemCode: item.code, departments: [item.provider] };
}

/** Ends the referral that the new one replaces; both are of one household. */
async function replace(
  tx: Transaction,
  ctx: UseCaseContext,
  referralId: string,
  next: { id: string; householdId: string },
): Promise<void> {
  const [old] = await tx.select().from(referrals).where(eq(referrals.id, referralId)).for("update");
  if (old?.householdId !== next.householdId) throw new DomainError("NOT_FOUND");
  await endUnhelped(tx, ctx, old, {
    reason: "referred_elsewhere",
    by: "caseworker",
    nextReferralId: next.id,
  });
}
