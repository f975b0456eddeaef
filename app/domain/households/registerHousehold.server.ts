import { eq } from "drizzle-orm";
import { requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { newDataKey } from "~/domain/kernel/sealing.server";
import { households } from "~db/schema/households";
import { beneficiaryGroups } from "~db/schema/reference";
import { sealedParts } from "./dataKey.server";
import { lookupHashes } from "./lookups.server";
import type { HouseholdInput } from "./schemas";

/** The group of a household as the table has it. @throws {DomainError} NOT_FOUND */
export async function groupOf(tx: Transaction, code: string): Promise<typeof beneficiaryGroups.$inferSelect> {
  const [group] = await tx.select().from(beneficiaryGroups).where(eq(beneficiaryGroups.code, code));
  if (!group) throw new DomainError("NOT_FOUND");
  return group;
}

/**
 * Takes a household (or a group looked after by an institution) into the books of its town. Everything that
 * could point to a person is sealed under a key of its own before it reaches the database.
 */
export async function registerHousehold(
  tx: Transaction,
  ctx: UseCaseContext,
  input: HouseholdInput,
): Promise<{ id: string; code: string }> {
  const { userId } = requireUser(ctx.actor);
  const group = await groupOf(tx, input.groupCode);
  const id = ctx.newId();
  const code = makeCode("H", ctx.randomBytes);
  const { dataKey, wrapped } = newDataKey(ctx.keys, id);

  await tx.insert(households).values({
    id,
    code,
    kind: input.kind,
    townCode: input.townCode,
    heads: input.heads,
    groupCode: input.groupCode,
    publicGroup: group.publicGroup,
    ageBand: input.ageBand,
    dataKeyWrapped: wrapped,
    keyId: ctx.keys.currentKeyId,
    ...sealedParts(dataKey, id, input.person),
    ...lookupHashes(ctx, input.townCode, input.person),
    createdBy: userId,
    createdAt: ctx.now(),
  });

  await recordEvent(tx, ctx, {
    entity: "household",
    entityId: id,
    entityVersion: 1,
    event: "household.register",
    fromState: null,
    toState: null,
    by: "caseworker",
  });

  return { id, code };
}
