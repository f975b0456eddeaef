import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { FactsInput } from "~/domain/screening/factsInput";
import { storedSheet } from "~/domain/screening/queries.server";
import { recordFacts } from "~/domain/screening/recordFacts.server";
import { pushes } from "~db/schema/screening";
import type { World } from "../support/world";
import { aCaseworker } from "./people";

/** What a caseworker ticks; everything else stays unknown. */
export const asked = (household: object = {}, member: object = {}, more: object = {}): FactsInput =>
  FactsInput.parse({ household, members: [member], ...more });

/** A caseworker opens the record and writes down what they ticked; answers with who they are. */
export async function onVisit(world: World, householdId: string, input: FactsInput) {
  const ctx = world.as(await aCaseworker(world));
  await openRecord(ctx, { householdId, reason: "entitlements" });
  await recordFacts(ctx, householdId, { ...input, version: (await storedSheet(ctx, householdId)).opened });
  return ctx;
}

/** What this household is or will be told. */
export const pushesTo = (world: World, householdId: string) =>
  world.db.select().from(pushes).where(eq(pushes.householdId, householdId));
/** Every check is quiet. */
export const sound = async (world: World) =>
  expect((await runChecks(world.db)).flatMap((check) => check.wrong)).toEqual([]);
/** GW048: health checks from 65; by number in the screening. */
export const CHECK_UP = "GW048";
