import { yuanText } from "~/domain/kernel/money";
import { count, localInput, money } from "~/i18n/format";
import { type Locale, nameIn, wordsIn } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";

type Names = Parameters<typeof nameIn>[1];
/** One promise of a year. */
export type YearLine = Readonly<{
  at: Date;
  giftCode: string;
  needCode: string;
  town: Names;
  itemHans: string;
  itemHant: string;
  lineKind: "goods" | "service" | "money";
  units: bigint;
  unit: Names;
  fen: bigint;
}>;

/** So many of what, or how much money: what counts of a line depends on its kind. */
export const amountOf = (
  locale: Locale,
  { lineKind, units, unit, fen }: Pick<YearLine, "lineKind" | "units" | "unit" | "fen">,
): string => (lineKind === "money" ? money(locale, fen) : `${count(locale, units)} ${nameIn(locale, unit)}`);

/** The head of the file of a year. */
export const yearHead = (t: Translate): string[] => [
  t("year.fileAt"),
  t("year.fileItem"),
  t("year.fileUnits"),
  t("year.fileUnit"),
  t("year.filePaid"),
  t("year.town"),
  t("year.fileWish"),
  t("year.fileGift"),
];

/** One promise in it. Times are those of Asia/Shanghai; of money there is no number of units. */
export const yearCells = (locale: Locale, line: YearLine): string[] => [
  localInput(line.at).replace("T", " "),
  wordsIn(locale, line.itemHans, line.itemHant),
  line.lineKind === "money" ? "" : String(line.units),
  line.lineKind === "money" ? "" : nameIn(locale, line.unit),
  line.fen === 0n ? "" : yuanText(line.fen),
  nameIn(locale, line.town),
  line.needCode,
  line.giftCode,
];
