import type { HouseholdInput } from "~/domain/households/schemas";
import { inTransaction } from "~/domain/kernel/context.server";
import { registerWithFacts } from "~/domain/screening/registered.server";
import type { World } from "../support/world";
import { aCaseworker, SHIQI } from "./people";

/** A household in the books of its town; answers with its id. */
export async function aHousehold(world: World, what: Partial<HouseholdInput> = {}): Promise<string> {
  const townCode = what.townCode ?? SHIQI;
  const ctx = world.as(await aCaseworker(world, townCode));
  const person = {
    name: `演示${world.system.newId().slice(-6)}`,
    phone: "19900001234",
    address: "演示路 1 号",
  };
  const { id } = await inTransaction(ctx, (tx) =>
    registerWithFacts(tx, ctx, {
      townCode,
      kind: "household",
      heads: 1,
      groupCode: "dibao",
      ageBand: "60_to_79",
      person,
      ...what,
    }),
  );
  return id;
}
