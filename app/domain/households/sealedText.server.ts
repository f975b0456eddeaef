import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { seal, sealUnder, unseal, unsealUnder } from "~/domain/kernel/sealing.server";
import { dataKeyOf, householdKey } from "./dataKey.server";

/** Of which need a text is: it lies under its household's key, or under the city's where there is none. */
export type NeedOf = Readonly<{ id: string; householdId: string | null }>;

/**
 * Seals a text about a need under the household's key where there is one, else (an organisation's own need)
 * under the city's.
 */
export async function sealText(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  place: string,
  text: string,
): Promise<string> {
  if (need.householdId === null) return seal(ctx.keys, place, text);
  const key = await householdKey(tx, ctx, need.householdId);
  if (!key) throw new Error("the household was erased");
  return sealUnder(key, place, text);
}

/** What `sealText` sealed under that place; undefined once the household was erased. */
export async function unsealText(
  db: Database | Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  place: string,
  sealed: string,
): Promise<string | undefined> {
  if (need.householdId === null) return unseal(ctx.keys, place, sealed);
  const key = await householdKey(db, ctx, need.householdId);
  return key && unsealUnder(key, place, sealed);
}

/** What `sealText` sealed under a place, as `unsealText` reads it. */
export type Unseal = (place: string, sealed: string) => string | undefined;

/** The same for several texts of one need, whose household's row was read with it; null for one without. */
export function unsealWith(ctx: UseCaseContext, household: Parameters<typeof dataKeyOf>[1] | null): Unseal {
  if (household === null) return (place, sealed) => unseal(ctx.keys, place, sealed);
  const key = dataKeyOf(ctx, household);
  return (place, sealed) => key && unsealUnder(key, place, sealed);
}
