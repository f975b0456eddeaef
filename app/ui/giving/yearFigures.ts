import type { myYear } from "~/domain/trace/myYear.server";
import { count, money } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";

type Year = Pick<Awaited<ReturnType<typeof myYear>>, "all" | "days">;

/** The figures of a year that are not nothing, with their names. */
export function yearFigures(t: Translate, locale: Locale, { all, days }: Year) {
  const figures = [
    { key: "gifts", is: all.gifts > 0, value: count(locale, all.gifts), label: t("year.gifts") },
    { key: "homes", is: all.homes > 0, value: count(locale, all.homes), label: t("year.homes") },
    { key: "things", is: all.things > 0n, value: count(locale, all.things), label: t("year.things") },
    { key: "services", is: all.services > 0n, value: count(locale, all.services), label: t("year.services") },
    { key: "money", is: all.fen > 0n, value: money(locale, all.fen), label: t("year.money") },
    { key: "days", is: days !== undefined, value: count(locale, days ?? 0), label: t("year.days") },
  ];
  return figures.flatMap(({ is, ...figure }) => (is ? [figure] : []));
}
