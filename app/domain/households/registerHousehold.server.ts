import { eq } from "drizzle-orm";
import { recordFirstFacts } from "~/domain/directory/screening/screenHousehold.server";
import { makeCode } from "~/domain/kernel/codes";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { newDataKey, sealUnder, unwrapDataKey, type DataKey } from "~/domain/kernel/sealing.server";
import { requireUser } from "~/domain/kernel/actor";
import { recordEvent } from "~/journal/recordEvent.server";
import { households } from "~db/schema/households";
import { beneficiaryGroups } from "~db/schema/reference";
import { lookupHashes } from "./lookups.server";
import type { HouseholdInput, PersonalData } from "./schemas";

/** The three sealed parts of a record, each its own JSON under its own place. */
export const PARTS = {
  contact: ["name", "phone", "address"],
  circumstances: ["disability", "illness", "dibaoNumber", "income"],
  identity: ["school", "village", "guardian", "idNumber"],
} as const satisfies Record<string, readonly (keyof PersonalData)[]>;

export const placeOf = (part: keyof typeof PARTS, householdId: string) => `household.${part}:${householdId}`;

const sealPart = (key: DataKey, part: keyof typeof PARTS, id: string, person: PersonalData) =>
  sealUnder(
    key,
    placeOf(part, id),
    JSON.stringify(Object.fromEntries(PARTS[part].map((field) => [field, person[field]]))),
  );

/**
 * The three parts of a record that was registered, sealed anew. @throws {DomainError} NOT_FOUND once erased
 */
export async function sealParts(tx: Transaction, ctx: UseCaseContext, id: string, person: PersonalData) {
  const key = await keyOf(tx, ctx, id);
  if (!key) throw new DomainError("NOT_FOUND");
  return sealedParts(key, id, person);
}

const sealedParts = (key: DataKey, id: string, person: PersonalData) => ({
  contactSealed: sealPart(key, "contact", id, person),
  circumstancesSealed: sealPart(key, "circumstances", id, person),
  identitySealed: sealPart(key, "identity", id, person),
});

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

  await recordFirstFacts(tx, ctx, { id, ...input });
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

async function keyOf(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
): Promise<DataKey | undefined> {
  const [row] = await tx
    .select({ wrapped: households.dataKeyWrapped })
    .from(households)
    .where(eq(households.id, householdId));
  if (!row) throw new DomainError("NOT_FOUND");
  return row.wrapped === null ? undefined : unwrapDataKey(ctx.keys, householdId, row.wrapped);
}

/** Seals a text under the household's own key. @throws {DomainError} NOT_FOUND when it was erased */
export async function sealFor(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  place: string,
  words: string,
): Promise<string> {
  const key = await keyOf(tx, ctx, householdId);
  if (!key) throw new DomainError("NOT_FOUND");
  return sealUnder(key, place, words);
}

export { keyOf as householdKey };
