import { and, eq, isNull, sql } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { forgetFacts } from "~/domain/directory/screening/screenHousehold.server";
import { recordEvent } from "~/journal/recordEvent.server";
import { households } from "~db/schema/households";

/**
 * Erases a person on request (PIPL 47): destroys the household's data key, its sealed parts and its screening facts. Books, journal and figures
 * stay whole, since they never carried anything of the person. Cannot be undone.
 * @throws {DomainError} NOT_ALLOWED unless an admin, NOT_FOUND when unknown or already erased
 */
export async function eraseHousehold(ctx: UseCaseContext, householdId: string): Promise<void> {
  requireRole(ctx.actor, "admin");
  await inTransaction(ctx, async (tx) => {
    const [erased] = await tx
      .update(households)
      .set({
        dataKeyWrapped: null,
        contactSealed: null,
        circumstancesSealed: null,
        identitySealed: null,
        nameHash: "",
        phoneHash: null,
        idHash: null,
        erasedAt: ctx.now(),
        version: sql`${households.version} + 1`,
      })
      .where(and(eq(households.id, householdId), isNull(households.erasedAt)))
      .returning({ version: households.version });
    if (!erased) throw new DomainError("NOT_FOUND");
    await forgetFacts(tx, householdId);
    await recordEvent(tx, ctx, {
      entity: "household",
      entityId: householdId,
      entityVersion: erased.version,
      event: "household.erase",
      fromState: null,
      toState: null,
      by: "admin",
    });
  });
}
