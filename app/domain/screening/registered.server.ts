import { changeHousehold } from "~/domain/households/changeHousehold.server";
import { registerHousehold } from "~/domain/households/registerHousehold.server";
import type { HouseholdInput } from "~/domain/households/schemas";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { recordFirstFacts } from "./screenHousehold.server";

/** Registers a household with the first facts that this tells of it. See `registerHousehold`. */
export async function registerWithFacts(
  tx: Transaction,
  ctx: UseCaseContext,
  input: HouseholdInput,
): Promise<{ id: string; code: string }> {
  const household = await registerHousehold(tx, ctx, input);
  await recordFirstFacts(tx, ctx, { id: household.id, ...input });
  return household;
}

/**
 * Writes anew what a household was registered as, and with it what that tells of it. See `changeHousehold`.
 */
export async function changeWithFacts(
  tx: Transaction,
  ctx: UseCaseContext,
  householdId: string,
  input: HouseholdInput,
): Promise<void> {
  const isChanged = await changeHousehold(tx, ctx, householdId, input);
  if (isChanged) await recordFirstFacts(tx, ctx, { id: householdId, ...input });
}
