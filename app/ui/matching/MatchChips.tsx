import type { MatchFilter } from "~/domain/matching/schemas";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Chips } from "../primitives/Chips";
import type { MatchNames, Named } from "./MatchFilters";

/** What the desk is narrowed by. */
export function MatchChips({ filter, names }: Readonly<{ filter: MatchFilter; names: MatchNames }>) {
  const t = useT();
  const locale = useLocale();
  const nameOf = (rows: readonly Named[], code: string | undefined) => {
    const row = rows.find((each) => each.code === code);
    return row && nameIn(locale, row);
  };

  const chosen = [
    ["code", filter.code],
    ["kind", nameOf(names.kinds, filter.kind)],
    ["town", nameOf(names.towns, filter.town)],
    ["age", filter.age && t(`wishes.age_${filter.age}`)],
  ] as const;
  return (
    <Chips
      label={t("wishes.chips")}
      chips={chosen.flatMap(([name, words]) =>
        words === undefined
          ? []
          : [
              {
                key: name,
                words,
                removes: t("wishes.chipRemove", { what: words }),
                to: paths(locale).matching({ ...filter, [name]: undefined }),
              },
            ],
      )}
    />
  );
}
