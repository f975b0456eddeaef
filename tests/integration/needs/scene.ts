import { desc, eq, inArray } from "drizzle-orm";
import type { UserActor } from "~/domain/kernel/actor";
import { recordRequest } from "~/domain/requests/recipientRequests.server";
import { gifts } from "~db/schema/giving";
import { needs, type NeedState } from "~db/schema/needs";
import type { RequestKind } from "~db/schema/requests";
import { aWishInput } from "../../factories/needs";
import type { Team } from "../../factories/people";
import type { World } from "../../support/world";

/** Everybody who acts on the needs of one town, and the three people for whom needs are filed. */
export type Scene = Readonly<{
  world: World;
  team: Team;
  everything: UserActor;
  admin: UserActor;
  donors: readonly UserActor[];
  names: readonly string[];
}>;
/** Which one a step picks, and which way it goes. */
export type Choice = Readonly<{ pick: number; many: number }>;

/** One of these, whatever the number; of none, none. */
export const any = <T>(from: readonly T[], pick: number): T | undefined =>
  from[pick % Math.max(1, from.length)];

/** This scene's needs, newest first. */
export async function allNeeds({ world, team, everything }: Scene) {
  const filers = [team.caseworker, team.colleague, everything].map((filer) => filer.userId);
  return world.db.select().from(needs).where(inArray(needs.filedBy, filers)).orderBy(desc(needs.id));
}

/** One of them; mostly one that the step fits, now and then any. */
export async function aNeed(scene: Scene, { pick, many }: Choice, ...fits: readonly NeedState[]) {
  const all = await allNeeds(scene);
  const fitting = all.filter((need) => many === 6 || fits.length === 0 || fits.includes(need.state));
  const need = any(fitting.length > 0 ? fitting : all, pick);
  return {
    id: need?.id ?? scene.world.system.newId(),
    householdId: need?.householdId ?? scene.world.system.newId(),
    filedBy: need?.filedBy,
    state: need?.state,
  };
}

/**
 * Three people who ask again and again: goods and a service, under the cap and over it, with and without
 * consent to publish.
 */
export function aWish({ world, names }: Scene, { pick, many }: Choice) {
  const person = { name: any(names, pick) ?? "" };
  const haircut = {
    objectKind: "haircut",
    item: "上门理发",
    unitCode: "piece",
    unitPriceFen: 3_000n,
    quantity: 1n,
  };
  const input = aWishInput(world, {
    heads: 1,
    lines:
      many % 3 === 0
        ? [haircut]
        : [{ quantity: BigInt(1 + (many % 5)) }, ...(many % 2 === 0 ? [haircut] : [])],
  });
  return {
    ...input,
    household: { ...input.household, heads: 1, person },
    overCapReason: many > 2 ? ("safety" as const) : undefined,
    consents: {
      scopes: pick === 7 ? ["collect" as const, "share" as const] : (input.consents?.scopes ?? []),
      givenBy: "guardian" as const,
    },
  };
}

/** What is published of each need. */
export const WORDS = { title: "新学期的书包", story: "书包的拉链坏了很久，盼着新学期换一个。" };

/** Anybody of the house, fit for the step or not. */
export const anybody = ({ team, everything, donors }: Scene, pick: number): UserActor =>
  any(
    [
      team.caseworker,
      team.colleague,
      team.reviewer,
      team.operator,
      team.secondOperator,
      everything,
      ...donors,
    ],
    pick,
  ) ?? everything;
/** One who may work for the city. */
export const anOperator = ({ team, everything }: Scene, pick: number): UserActor =>
  any([team.operator, team.secondOperator, everything], pick) ?? everything;
/** One who may work as the town's reviewer. */
export const aReviewer = ({ team, everything }: Scene, pick: number): UserActor =>
  pick % 4 === 0 ? everything : team.reviewer;

/** A donor and the code of a gift of theirs, perhaps of none. */
export async function aPledge({ world, donors }: Scene, { pick }: Choice) {
  const donor = any(donors, pick) ?? world.system.actor;
  const own =
    donor.kind === "user"
      ? await world.db.select().from(gifts).where(eq(gifts.donorId, donor.userId)).orderBy(desc(gifts.id))
      : [];
  return { donor, code: any(own, pick)?.code ?? "GNOTHING" };
}

/** The one for whom a need was filed says something through one of two caseworkers. */
export async function say(scene: Scene, choice: Choice, kind: RequestKind, ...fits: readonly NeedState[]) {
  const { id, householdId } = await aNeed(scene, choice, ...fits);
  const namesIt = choice.many % 3 > 0 && (kind === "refuse" || kind === "correct");
  const { caseworker, colleague } = scene.team;
  await recordRequest(scene.world.as(choice.many % 2 ? colleague : caseworker), householdId, {
    kind,
    ...(namesIt ? { needId: id } : {}),
    words: "原话",
    occurredAt: scene.world.clock.now(),
    requestKey: scene.world.system.newId(),
  });
}
