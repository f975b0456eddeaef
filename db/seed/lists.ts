import { uuidv7 } from "uuidv7";
import type { Database } from "../client";
import { listItems, listParameters, listRules } from "../schema/directory";
import type { ParameterCode } from "../schema/factVocabulary";
import { GOVERNMENT_ITEMS } from "./data/rules/government";
import type { SeedItem } from "./data/rules/seedItem";
import { SOCIAL_ITEMS } from "./data/rules/social";
import { cell, readSeed, type SeedRow } from "./rows";

/** Simplified prose in traditional characters: how, the portal knows. */
export type Traditional = (prose: string) => string;

const DAY_MS = 86_400_000;

/** Dated values of the source notice and of national rules; a city confirms or replaces them. */
export const SEEDED_VALUES: readonly (readonly [
  ParameterCode,
  value: number,
  validFrom: string,
  source: string,
])[] = [
  ["dibao_standard_fen", 116_000, "2022-01-01", "2022年低保标准：每人每月1160元"],
  ["dibao_standard_fen", 120_100, "2023-01-01", "2023年低保标准：每人每月1201元"],
  ["dibao_margin_percent", 150, "2022-01-01", "低保边缘家庭：人均收入在低保标准1.5倍以内（本市标准待核）"],
  ["classified_supplement_percent", 40, "2022-01-01", "分类救助金：低保标准的40%，取整到元"],
  ["old_age_years", 60, "2013-07-01", "老年人权益保障法第二条"],
  ["very_old_age_years", 80, "2013-07-01", "高龄津贴的通常起点（本市标准待核）"],
];

/**
 * The first day on which all of these hold: the seeded examples were written by them, and stay true whatever
 * changes later.
 */
const VALUES_ON = SEEDED_VALUES.map(([, , validFrom]) => validFrom).reduce((latest, day) =>
  day > latest ? day : latest,
);

/** The case book of an entry's first edition. */
export const seededCases = ({ cases = [] }: Pick<SeedItem, "cases">) =>
  cases.map((example) => ({ ...example, valuesOn: VALUES_ON }));

/**
 * Loads the two lists, the dated values and the first edition of every rule. Safe to repeat: what is there
 * stays as it is. In the demo the days of the last check are spread over the past eight months, so that some
 * entries are stale.
 */
export async function seedLists(
  db: Database,
  { isDemo, traditional, now }: { isDemo: boolean; traditional: Traditional; now: Date },
): Promise<void> {
  const government = await readSeed("gov-welfare.csv");
  const social = await readSeed("social-services.csv");
  const rows = [
    ...government.map((row) => ({
      row,
      list: "government" as const,
      provider: "lead_agency_zh",
      extra: GOVERNMENT_ITEMS[cell(row, "code")],
    })),
    ...social.map((row) => ({
      row,
      list: "social" as const,
      provider: "provider_type_zh",
      extra: SOCIAL_ITEMS[cell(row, "code")],
    })),
  ];
  await db
    .insert(listItems)
    .values(
      rows.map(({ row, list, provider, extra }, index) => ({
        ...item(row, extra, traditional),
        list,
        provider: cell(row, provider),
        ...place(index, isDemo, now),
      })),
    )
    .onConflictDoNothing();
  const seeded = await db.select({ code: listParameters.code }).from(listParameters);
  if (seeded.length === 0) {
    await db.insert(listParameters).values(
      SEEDED_VALUES.map(([code, value, from, source]) => ({
        id: uuidv7(),
        code,
        value,
        validFrom: new Date(`${from}T00:00:00+08:00`),
        source,
        state: "approved" as const,
        createdAt: now,
      })),
    );
  }

  await db
    .insert(listRules)
    .values(rows.map(({ row, extra }) => firstEdition(cell(row, "code"), extra, now)))
    .onConflictDoNothing();
}

function item(row: SeedRow, extra: SeedItem | undefined, traditional: Traditional) {
  const name = cell(row, "name_zh");
  return {
    code: cell(row, "code"),
    category: cell(row, "category_zh"),
    name,
    nameHant: traditional(name),
    nameEn: extra?.nameEn ?? name,
    targetGroup: cell(row, "target_group_zh"),
    content: cell(row, "content_zh"),
    standard: row["standard_zh"] || null,
    situations: [...(extra?.situations ?? [])],
    audiences: [...(extra?.audiences ?? [])],
    papers: [...(extra?.papers ?? [])],
    howToApply: extra?.howToApply ?? null,
  };
}

const place = (index: number, isDemo: boolean, now: Date) => ({
  id: uuidv7(),
  number: index + 1,
  sort: index,
  state: "published" as const,
  checkedAt: isDemo ? new Date(now.getTime() - ((index * 37) % 240) * DAY_MS) : null,
  createdAt: now,
  updatedAt: now,
});

function firstEdition(itemCode: string, extra: SeedItem | undefined, now: Date) {
  const rule = extra?.rule ?? "ask";
  const written =
    typeof rule === "string" ? ({ kind: rule, rule: null } as const) : ({ kind: "rule", rule } as const);
  return {
    id: uuidv7(),
    itemCode,
    edition: 1,
    ...written,
    amount: extra?.amount ?? null,
    cases: seededCases(extra ?? {}),
    state: "approved" as const,
    effectiveFrom: new Date("2022-01-01T00:00:00+08:00"),
    createdAt: now,
  };
}
