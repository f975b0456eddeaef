import { eq, sql } from "drizzle-orm";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { type DataKey, sealUnder, unwrapDataKey } from "~/domain/kernel/sealing.server";
import { households } from "~db/schema/households";
import type { PersonalData } from "./schemas";

/** The three sealed parts of a record, each its own JSON under its own place. */
export const PARTS = {
  contact: ["name", "phone", "address"],
  circumstances: ["disability", "illness", "dibaoNumber", "income"],
  identity: ["school", "village", "guardian", "idNumber"],
} as const satisfies Record<string, readonly (keyof PersonalData)[]>;

export const sealedPlaceOf = (part: keyof typeof PARTS, householdId: string) =>
  `household.${part}:${householdId}`;

const sealPart = (key: DataKey, part: keyof typeof PARTS, id: string, person: PersonalData) =>
  sealUnder(
    key,
    sealedPlaceOf(part, id),
    JSON.stringify(Object.fromEntries(PARTS[part].map((field) => [field, person[field]]))),
  );

/**
 * The three parts of a record that was registered, sealed anew. @throws {DomainError} NOT_FOUND once erased
 */
export async function sealParts(tx: Transaction, ctx: UseCaseContext, id: string, person: PersonalData) {
  const key = await householdKey(tx, ctx, id);
  if (!key) throw new DomainError("NOT_FOUND");
  return sealedParts(key, id, person);
}

export const sealedParts = (key: DataKey, id: string, person: PersonalData) => ({
  contactSealed: sealPart(key, "contact", id, person),
  circumstancesSealed: sealPart(key, "circumstances", id, person),
  identitySealed: sealPart(key, "identity", id, person),
});

const wrappedKey = builtOnce((db) =>
  db
    .select({ id: households.id, dataKeyWrapped: households.dataKeyWrapped })
    .from(households)
    .where(eq(households.id, sql.placeholder("id")))
    .prepare("household_key"),
);

/**
 * The key under which all of a household lies; undefined once it was erased. @throws {DomainError} NOT_FOUND
 */
export async function householdKey(
  db: Database | Transaction,
  ctx: UseCaseContext,
  householdId: string,
): Promise<DataKey | undefined> {
  const [row] = await wrappedKey(db).execute({ id: householdId });
  if (!row) throw new DomainError("NOT_FOUND");
  return dataKeyOf(ctx, row);
}

/** The same of a household whose row was read already. */
export const dataKeyOf = (
  ctx: UseCaseContext,
  { id, dataKeyWrapped }: Pick<typeof households.$inferSelect, "id" | "dataKeyWrapped">,
): DataKey | undefined => (dataKeyWrapped === null ? undefined : unwrapDataKey(ctx.keys, id, dataKeyWrapped));

/** Seals a text under the household's own key. @throws {DomainError} NOT_FOUND when it was erased */
export async function sealFor(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  place: string,
  words: string,
): Promise<string> {
  const key = await householdKey(tx, ctx, householdId);
  if (!key) throw new DomainError("NOT_FOUND");
  return sealUnder(key, place, words);
}
