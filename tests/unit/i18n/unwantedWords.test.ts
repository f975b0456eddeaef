import { expect, test } from "vitest";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { en } from "~/i18n/en/catalogues";
import { type Locale, LOCALES } from "~/i18n/locales";
import { zhHans } from "~/i18n/zh-Hans/catalogues";
import { zhHant } from "~/i18n/zh-Hant/catalogues";
import { GROUPS, OBJECT_KINDS, REFUSED_KINDS, UNITS } from "~db/seed/data/catalogue";
import { GOVERNMENT_ITEMS } from "~db/seed/data/rules/government";
import { SOCIAL_ITEMS } from "~db/seed/data/rules/social";
import { SEEDED_VALUES } from "~db/seed/lists";
import { readSeed } from "~db/seed/rows";
import { UNWANTED, type Unwanted } from "./unwantedWords";

type Said = Readonly<{ key: string; text: string }>;

const CATALOGUES: Readonly<Record<Locale, Record<string, Record<string, string>>>> = {
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
  en,
};

const messagesOf = (locale: Locale): Said[] =>
  Object.entries(CATALOGUES[locale]).flatMap(([room, messages]) =>
    Object.entries(messages).map(([key, text]) => ({ key: `${room}.${key}`, text })),
  );

const PROSE = ["gov-welfare.csv", "social-services.csv", "micro-wishes.csv"];

/** What every installation and the demo come with, as a reader of that language sees it. */
async function contentOf(locale: Locale): Promise<Said[]> {
  const inScript = locale === "zh-Hant" ? traditional : (prose: string) => prose;
  const prose = (await Promise.all(PROSE.map(readSeed))).flatMap((rows, file) =>
    rows.flatMap((row, at) =>
      Object.values(row).map((text) => ({ key: `${PROSE[file] ?? ""} ${at + 1}`, text: inScript(text) })),
    ),
  );
  const items = Object.entries({ ...GOVERNMENT_ITEMS, ...SOCIAL_ITEMS }).flatMap(([code, item]) =>
    [item.howToApply ?? "", ...(item.papers ?? [])].map((text) => ({ key: code, text: inScript(text) })),
  );
  const sources = SEEDED_VALUES.map(([code, , , source]) => ({ key: code, text: inScript(source) }));
  const named = LOCALES.indexOf(locale);
  const names = Object.entries({ ...GROUPS, ...UNITS, ...OBJECT_KINDS, ...REFUSED_KINDS }).map(
    ([code, forms]) => ({ key: code, text: forms[named] ?? "" }),
  );
  const column = { "zh-Hans": "name_hans", "zh-Hant": "name_hant", en: "name_en" }[locale];
  const towns = (await readSeed("towns.csv")).map((row) => ({
    key: row["code"] ?? "",
    text: row[column] ?? "",
  }));
  return locale === "en" ? [...names, ...towns] : [...prose, ...items, ...sources, ...names, ...towns];
}

const holds = ({ word, rooms, except }: Unwanted, { key, text }: Said): boolean =>
  word.test(text) &&
  (rooms === undefined || rooms.some((room) => key.startsWith(`${room}.`))) &&
  except?.includes(key) !== true;

const found = (unwanted: readonly Unwanted[], said: readonly Said[]): string[] =>
  said.flatMap((one) =>
    unwanted
      .filter((row) => holds(row, one))
      .map((row) => `${one.key}: ${one.text} (${String(row.word)}: say ${row.say})`),
  );

for (const locale of LOCALES) {
  test(`no message in ${locale} says what readers stumble over`, () => {
    const messages = messagesOf(locale);
    expect(messages.length).toBeGreaterThan(2000);
    expect(found(UNWANTED[locale], messages)).toEqual([]);
  });

  test(`what the portal comes with says the same words in ${locale} as its messages`, async () => {
    const content = await contentOf(locale);
    expect(content.length).toBeGreaterThan(100);
    expect(
      found(
        UNWANTED[locale].filter((row) => row.content === true),
        content,
      ),
    ).toEqual([]);
  });

  test(`each settled word of ${locale} is looked for where it can stand`, () => {
    const known = Object.keys(CATALOGUES[locale]);
    const keys = new Set(messagesOf(locale).map(({ key }) => key));
    for (const { rooms = [], except = [] } of UNWANTED[locale]) {
      for (const room of rooms) expect(known).toContain(room);
      for (const key of except) expect(keys).toContain(key);
    }
  });
}

test("a word that comes back is found, with where it stands and what to say", () => {
  const wish = { key: "wishes.claimedOf", text: "已认捐 {n} 件" };
  expect(found(UNWANTED["zh-Hans"], [wish])).toEqual([
    "wishes.claimedOf: 已认捐 {n} 件 (/认捐/: say 认领；捐赠只用于记录)",
  ]);
  const page = { key: "shell.elder", text: "长者助手" };
  expect(found(UNWANTED["zh-Hans"], [page, { ...page, key: "shell.elderOn" }])).toHaveLength(1);
});
