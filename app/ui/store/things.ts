import { type Locale, nameIn, wordsIn } from "~/i18n/locales";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Unit = Names & Readonly<{ nameEnPlural: string }>;

/** The unit's name for so many of it. */
export const unitName = (locale: Locale, unit: Unit | null, quantity: bigint | number): string =>
  unit === null ? "" : locale === "en" && Number(quantity) !== 1 ? unit.nameEnPlural : nameIn(locale, unit);

/** What a line asks for, as it was written in Chinese. */
export const thingName = (
  locale: Locale,
  line: Readonly<{ itemHans: string | null; itemHant: string | null }>,
): string => wordsIn(locale, line.itemHans ?? "", line.itemHant ?? "");

/** "双肩书包 × 2 个" */
export const thing = (
  locale: Locale,
  line: Readonly<{ itemHans: string | null; itemHant: string | null; unit: Unit | null }>,
  quantity: bigint | number,
): string => `${thingName(locale, line)} × ${quantity} ${unitName(locale, line.unit, quantity)}`.trim();
