import { recordRequest } from "~/domain/households/recipientRequests.server";
import type { World } from "../support/world";
import type { Team } from "./people";

/** A recipient takes back, through a caseworker, that their wish may be public. */
export const withdrawConsentOf = (world: World, team: Team, householdId: string) =>
  recordRequest(world.as(team.colleague), householdId, { kind: "withdraw_consent", occurredAt: world.clock.now() });
