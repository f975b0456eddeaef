import type { WishFilter } from "~/domain/needs/wishFilter";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Chips } from "../primitives/Chips";
import { type FilterNames, filterWords } from "./filterWords";

/** What the list of wishes is narrowed by. */
export function FilterChips({ filter, names }: Readonly<{ filter: WishFilter; names: FilterNames }>) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <Chips
      label={t("wishes.chips")}
      chips={filterWords(t, filter, names).map(({ name, words }) => ({
        key: name,
        words,
        removes: t("wishes.chipRemove", { what: words }),
        to: at.wishes({ ...filter, [name]: undefined }),
      }))}
    />
  );
}
