import { uuidv7 } from "uuidv7";
import type { Database } from "../client";
import { installation, settings } from "../schema/kernel";
import {
  beneficiaryGroups,
  everydayWords,
  objectKinds,
  servicePoints,
  towns,
  unitsOfMeasure,
} from "../schema/reference";
import { GROUPS, OBJECT_KINDS, REFUSED_KINDS, UNITS } from "./data/catalogue";
import { seedLists, type Traditional } from "./lists";
import { cell, readSeed, type SeedRow } from "./rows";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

type Given = Readonly<{
  isDemo: boolean;
  limits: Readonly<Record<string, number>>;
  traditional: Traditional;
  now: Date;
}>;

/**
 * Loads what every installation stands on: towns, groups, units, kinds of things, the two lists, service
 * points, limits. Safe to repeat: what is there already stays as it is.
 *
 * @param limits the values that a new installation starts with, as dated settings
 * @param traditional how the portal writes simplified prose in traditional characters
 */
export async function seedReference(
  db: Database,
  { isDemo, limits, traditional, now }: Given,
): Promise<void> {
  const townRows = await readSeed("towns.csv");
  await db
    .insert(towns)
    .values(
      townRows.map((row, sort) => ({
        code: cell(row, "code"),
        nameHans: cell(row, "name_hans"),
        nameHant: cell(row, "name_hant"),
        nameEn: cell(row, "name_en"),
        kind: cell(row, "kind"),
        sort,
      })),
    )
    .onConflictDoNothing();
  const sayings = await readSeed("everyday-words.csv");
  await db
    .insert(everydayWords)
    .values(sayings.map((row) => ({ said: cell(row, "said"), meant: cell(row, "meant") })))
    .onConflictDoNothing();
  await db
    .insert(beneficiaryGroups)
    .values(
      Object.entries(GROUPS).map(([code, [nameHans, nameHant, nameEn, publicGroup]], sort) => ({
        code,
        nameHans,
        nameHant,
        nameEn,
        publicGroup,
        sort,
        validFrom: LONG_AGO,
      })),
    )
    .onConflictDoNothing();
  await db
    .insert(unitsOfMeasure)
    .values(
      Object.entries(UNITS).map(([code, [nameHans, nameHant, nameEn, nameEnPlural]]) => ({
        code,
        nameHans,
        nameHant,
        nameEn,
        nameEnPlural,
      })),
    )
    .onConflictDoNothing();
  await db
    .insert(objectKinds)
    .values([
      ...Object.entries(OBJECT_KINDS).map(([code, [nameHans, nameHant, nameEn, lineKind, icon]], sort) => ({
        code,
        nameHans,
        nameHant,
        nameEn,
        lineKind,
        icon,
        refused: false,
        sort,
      })),
      ...Object.entries(REFUSED_KINDS).map(([code, [nameHans, nameHant, nameEn]], sort) => ({
        code,
        nameHans,
        nameHant,
        nameEn,
        lineKind: "goods" as const,
        icon: "other",
        refused: true,
        sort: 900 + sort,
      })),
    ])
    .onConflictDoNothing();
  await seedPoints(db, townRows);
  await seedLists(db, { isDemo, traditional, now });
  await db
    .insert(settings)
    .values(
      Object.entries(limits).map(([key, value]) => ({
        id: uuidv7(),
        key,
        value: String(value),
        validFrom: LONG_AGO,
        setAt: now,
      })),
    )
    .onConflictDoNothing();
  await db
    .insert(installation)
    .values({
      cityNameHans: isDemo ? "演示市" : "本市",
      cityNameHant: isDemo ? "演示市" : "本市",
      cityNameEn: isDemo ? "Demo City" : "Our city",
      phoneLine: isDemo ? "0760-0000-0000" : "12345",
      isDemo,
    })
    .onConflictDoNothing();
}

/** One service point for each town; addresses and numbers are plainly made up. */
async function seedPoints(db: Database, townRows: readonly SeedRow[]): Promise<void> {
  const known = await db.select({ townCode: servicePoints.townCode }).from(servicePoints);
  const missing = townRows.filter((row) => !known.some((point) => point.townCode === row["code"]));
  if (missing.length === 0) return;
  await db.insert(servicePoints).values(
    missing.map((row, index) => ({
      id: uuidv7(),
      townCode: cell(row, "code"),
      nameHans: `${cell(row, "name_hans")}爱心服务点`,
      nameHant: `${cell(row, "name_hant")}愛心服務點`,
      nameEn: `${cell(row, "name_en")} service point`,
      address: `${cell(row, "name_hans")}演示路 ${index + 1} 号社工站一楼`,
      phone: `0760-0000-${String(1001 + index)}`,
      hours: "09:00–17:30",
    })),
  );
}
