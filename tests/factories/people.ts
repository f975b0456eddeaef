import { eq } from "drizzle-orm";
import { addStaff, verifyCompany } from "~/domain/identity/accounts.server";
import { loadActor } from "~/domain/identity/queries.server";
import { addDonor } from "~/domain/identity/signUp.server";
import type { Scope, UserActor } from "~/domain/kernel/actor";
import type { Role } from "~db/schema/identity";
import { servicePoints } from "~db/schema/reference";
import type { World } from "../support/world";

export const SHIQI = "442000001";
export const GUZHEN = "442000105";

/** Somebody who can sign in, with these roles; everybody may give. */
export async function aPerson(world: World, ...roles: { role: Role; scope: Scope }[]): Promise<UserActor> {
  const name = world.system.newId();
  const { userId } = await addStaff(world.system, {
    email: `${name}@example.org`,
    displayName: name,
    password: undefined,
    roles,
  });
  const actor = await loadActor(world.db, userId);
  if (actor.kind !== "user") throw new Error("the person was not made");
  return actor;
}

const inTown = (role: Role, town: string) => ({ role, scope: { kind: "town", id: town } as const });

/**
 * The people of one town and the city who carry a wish from the first visit to the door, each another person.
 */
export async function aTeam(world: World, town = SHIQI) {
  const [point] = await world.db.select().from(servicePoints).where(eq(servicePoints.townCode, town));
  if (!point) throw new Error("no service point");
  const atPoint = (role: Role) => ({ role, scope: { kind: "point", id: point.id } as const });
  const city = (role: Role) => ({ role, scope: { kind: "city" } as const });
  return {
    point,
    caseworker: await aPerson(world, inTown("caseworker", town)),
    colleague: await aPerson(world, inTown("caseworker", town)),
    reviewer: await aPerson(world, inTown("town_reviewer", town)),
    operator: await aPerson(world, city("operator")),
    secondOperator: await aPerson(world, city("operator")),
    storekeeper: await aPerson(world, atPoint("storekeeper")),
    courier: await aPerson(world, city("courier")),
  };
}

export type Team = Awaited<ReturnType<typeof aTeam>>;

export const aDonor = (world: World): Promise<UserActor> =>
  aPerson(world, { role: "donor", scope: { kind: "city" } });

export const aCaseworker = (world: World, town = SHIQI): Promise<UserActor> =>
  aPerson(world, inTown("caseworker", town));
/** A company that the city has checked. */
export async function aCompany(world: World, operator: UserActor): Promise<UserActor> {
  const { userId } = await addDonor(world.system, {
    email: `${world.system.newId()}@example.org`,
    password: "eine lange Wortfolge 77",
    displayName: "演示五金厂",
    kind: "company",
    creditCode: "91350100M000100Y43",
  });
  await verifyCompany(world.as(operator), userId);
  const actor = await loadActor(world.db, userId);
  if (actor.kind !== "user") throw new Error("the company was not made");
  return actor;
}
