import { asc, eq } from "drizzle-orm";
import type { Database } from "~/domain/kernel/context.server";
import { beneficiaryGroups, objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";

/** Names of everything a list can be filtered by. */
export async function facetNames(db: Database) {
  const names = { nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn };
  const [townRows, kindRows] = await Promise.all([
    db
      .select({ code: towns.code, ...names })
      .from(towns)
      .orderBy(asc(towns.sort)),
    db
      .select({
        code: objectKinds.code,
        nameHans: objectKinds.nameHans,
        nameHant: objectKinds.nameHant,
        nameEn: objectKinds.nameEn,
        lineKind: objectKinds.lineKind,
      })
      .from(objectKinds)
      .where(eq(objectKinds.refused, false))
      .orderBy(asc(objectKinds.sort)),
  ]);
  return { towns: townRows, kinds: kindRows };
}

/** Codes and names that intake forms choose from. */
export async function formNames(db: Database) {
  const [facets, groups, units] = await Promise.all([
    facetNames(db),
    db.select().from(beneficiaryGroups).orderBy(asc(beneficiaryGroups.sort)),
    db.select().from(unitsOfMeasure),
  ]);
  return { ...facets, groups, units: units.filter((unit) => unit.code !== "fen") };
}

/** Service points with their towns, in the towns' order. */
export const readPoints = (db: Database) =>
  db
    .select({ point: servicePoints, town: towns })
    .from(servicePoints)
    .innerJoin(towns, eq(towns.code, servicePoints.townCode))
    .orderBy(asc(towns.sort));

/** The service point of a town. */
export async function pointOfTown(db: Database, townCode: string) {
  const [point] = await db.select().from(servicePoints).where(eq(servicePoints.townCode, townCode)).limit(1);
  return point;
}
