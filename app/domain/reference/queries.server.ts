import { asc, eq } from "drizzle-orm";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { remembered } from "~/domain/kernel/remembered.server";
import { beneficiaryGroups, objectKinds, servicePoints, towns, unitsOfMeasure } from "~db/schema/reference";

/**
 * Towns, points, things and units change with a version (`load`): a running process tells of a change so many
 * seconds later.
 */
const REMEMBERED_SECONDS = 60;

const townNames = remembered(REMEMBERED_SECONDS, (db) => {
  const { code, nameHans, nameHant, nameEn } = towns;
  return db.select({ code, nameHans, nameHant, nameEn }).from(towns).orderBy(asc(towns.sort));
});

const kindNames = remembered(REMEMBERED_SECONDS, (db) => {
  const { code, nameHans, nameHant, nameEn, lineKind } = objectKinds;
  return db
    .select({ code, nameHans, nameHant, nameEn, lineKind })
    .from(objectKinds)
    .where(eq(objectKinds.refused, false))
    .orderBy(asc(objectKinds.sort));
});

const groupRows = remembered(REMEMBERED_SECONDS, (db) =>
  db.select().from(beneficiaryGroups).orderBy(asc(beneficiaryGroups.sort)),
);

const unitRows = remembered(REMEMBERED_SECONDS, (db) => db.select().from(unitsOfMeasure));

const kindFaces = remembered(REMEMBERED_SECONDS, (db) =>
  db.select({ code: objectKinds.code, icon: objectKinds.icon, nameEn: objectKinds.nameEn }).from(objectKinds),
);

type Asker = Pick<UseCaseContext, "db" | "now">;

/** Names of everything a list can be filtered by, in their order. */
export async function facetNames(ctx: Asker) {
  const [townRows, kindRows] = await Promise.all([townNames(ctx), kindNames(ctx)]);
  return { towns: townRows, kinds: kindRows };
}

/** What a wish names by code (its town, its things' units, drawings and English names), each by that code. */
export async function namesByCode(ctx: Asker) {
  const [townRows, units, kinds] = await Promise.all([townNames(ctx), unitRows(ctx), kindFaces(ctx)]);
  return {
    towns: new Map(townRows.map((town) => [town.code, town])),
    units: new Map(units.map((unit) => [unit.code, unit])),
    icons: new Map(kinds.map(({ code, icon }) => [code, icon])),
    kindsEn: new Map(kinds.map(({ code, nameEn }) => [code, nameEn])),
  };
}

/** Codes and names that intake forms choose from. */
export async function formNames(ctx: Asker) {
  const [facets, groups, units] = await Promise.all([facetNames(ctx), groupRows(ctx), unitRows(ctx)]);
  return { ...facets, groups, units: units.filter((unit) => unit.code !== "fen") };
}

/** Service points with their towns, in the towns' order. */
export const readPoints = remembered(REMEMBERED_SECONDS, (db) =>
  db
    .select({ point: servicePoints, town: towns })
    .from(servicePoints)
    .innerJoin(towns, eq(towns.code, servicePoints.townCode))
    .orderBy(asc(towns.sort)),
);

/** The service point of a town. */
export async function pointOfTown(db: Database, townCode: string) {
  const [point] = await db.select().from(servicePoints).where(eq(servicePoints.townCode, townCode)).limit(1);
  return point;
}
