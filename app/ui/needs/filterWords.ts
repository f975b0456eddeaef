import type { WishFilter } from "~/domain/needs/wishFilter";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

type Named = Readonly<{ code: string; name: string }>;
export type FilterNames = Readonly<{ towns: readonly Named[]; kinds: readonly Named[] }>;

const nameOf = (rows: readonly Named[], code: string | undefined): string | undefined =>
  rows.find((row) => row.code === code)?.name;

/** What a list is narrowed by, in words, in the order in which its filters stand. */
export function filterWords(t: Translate, filter: WishFilter, names: FilterNames) {
  const worded = (name: "kind" | "group" | "gap" | "waiting") =>
    filter[name] && t(`wishes.${name}_${filter[name]}` as MessageKey);
  return (
    [
      ["q", filter.q && t("wishes.chipWords", { words: filter.q })],
      ["kind", worded("kind")],
      ["group", worded("group")],
      ["town", nameOf(names.towns, filter.town)],
      ["item", nameOf(names.kinds, filter.item)],
      ["gap", filter.gap && t("wishes.chipGap", { gap: worded("gap") ?? "" })],
      ["waiting", filter.waiting && t("wishes.chipWaiting", { long: worded("waiting") ?? "" })],
    ] as const
  ).flatMap(([name, words]) => (words === undefined ? [] : [{ name, words }]));
}
