import { count } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";

/** Units apart by where each of them is now: every unit stands in one of these. */
export type UnitsByPlace = Readonly<{
  delivered: number;
  atPoint: number;
  promised: number;
  waiting: number;
}>;

/** In the order in which they are drawn. */
export const PLACES = ["delivered", "atPoint", "promised", "waiting"] as const;

/** The same from the three numbers of a page, each of which holds the next. */
export const dotsOf = (
  numbers: Readonly<Record<"delivered" | "received" | "claimed" | "requested", number | bigint>>,
): UnitsByPlace => {
  const [delivered, received, claimed, requested] = [
    Number(numbers.delivered),
    Number(numbers.received),
    Number(numbers.claimed),
    Number(numbers.requested),
  ];
  return {
    delivered,
    atPoint: received - delivered,
    promised: claimed - received,
    waiting: requested - claimed,
  };
};

/** What stands beside a dot of each place: how many of what are there. */
export const dotWords = (
  t: Translate,
  locale: Locale,
  units: UnitsByPlace,
  unit: string,
): Readonly<Record<keyof UnitsByPlace, string>> => {
  const words = (place: keyof UnitsByPlace) =>
    t(`common.units_${place}`, { n: count(locale, units[place]), unit });
  return {
    delivered: words("delivered"),
    atPoint: words("atPoint"),
    promised: words("promised"),
    waiting: words("waiting"),
  };
};
