import { type Locale, nameIn } from "~/i18n/locales";

type Unit = Parameters<typeof nameIn>[1] & Readonly<{ nameEnPlural: string }>;

/** The name of so many of a unit, in the reader's language. */
export const unitName = (locale: Locale, unit: Unit, n: bigint): string =>
  locale === "en" && n !== 1n ? unit.nameEnPlural : nameIn(locale, unit);
