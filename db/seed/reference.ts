import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { uuidv7 } from "uuidv7";
import type { Database } from "../client";
import { installation, settings } from "../schema/identity";
import { beneficiaryGroups, listItems, objectKinds, servicePoints, towns, unitsOfMeasure } from "../schema/reference";
import { GROUPS, OBJECT_KINDS, REFUSED_KINDS, UNITS } from "./data/catalogue";

type Row = Readonly<Record<string, string>>;

/** Reads a CSV file of db/seed/data (UTF-8, header row). */
export async function readSeed(file: string): Promise<Row[]> {
  const text = await readFile(fileURLToPath(new URL(`./data/${file}`, import.meta.url)), "utf8");
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/**
 * Loads what every installation stands on: towns, groups, units, kinds of things, the two lists, service points, limits.
 * Safe to repeat: what is there already stays as it is.
 *
 * @param limits the values that a new installation starts with, as dated settings
 */
export async function seedReference(db: Database, { isDemo, limits, now }: { isDemo: boolean; limits: Readonly<Record<string, number>>; now: Date }): Promise<void> {
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
  await db
    .insert(beneficiaryGroups)
    .values(Object.entries(GROUPS).map(([code, [nameHans, nameHant, nameEn, publicGroup]], sort) => ({ code, nameHans, nameHant, nameEn, publicGroup, sort, validFrom: LONG_AGO })))
    .onConflictDoNothing();
  await db
    .insert(unitsOfMeasure)
    .values(Object.entries(UNITS).map(([code, [nameHans, nameHant, nameEn, nameEnPlural]]) => ({ code, nameHans, nameHant, nameEn, nameEnPlural })))
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
  await seedLists(db);
  await db
    .insert(settings)
    .values(Object.entries(limits).map(([key, value]) => ({ id: uuidv7(), key, value: String(value), validFrom: LONG_AGO, setAt: now })))
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
async function seedPoints(db: Database, townRows: readonly Row[]): Promise<void> {
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

async function seedLists(db: Database): Promise<void> {
  const government = await readSeed("gov-welfare.csv");
  const social = await readSeed("social-services.csv");
  const item = (row: Row, list: "government" | "social", provider: string, sort: number) => ({
    code: cell(row, "code"),
    list,
    category: cell(row, "category_zh"),
    name: cell(row, "name_zh"),
    targetGroup: cell(row, "target_group_zh"),
    content: cell(row, "content_zh"),
    standard: row["standard_zh"] || null,
    provider: cell(row, provider),
    sort,
  });
  await db
    .insert(listItems)
    .values([...government.map((row, sort) => item(row, "government", "lead_agency_zh", sort)), ...social.map((row, sort) => item(row, "social", "provider_type_zh", sort))])
    .onConflictDoNothing();
}

function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined || value === "") throw new Error(`seed data: column ${column} is empty`);
  return value;
}
