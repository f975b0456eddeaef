import type { MatchFilter } from "~/domain/matching/schemas";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { AgeBand } from "~db/schema/households";
import { Button } from "../primitives/Button";
import { SelectField } from "../primitives/Field";

type Named = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  filter: MatchFilter;
  towns: readonly Named[];
  kinds: readonly Named[];
  ages: readonly AgeBand[];
}>;

/** What the desk shows, as a plain form whose address is the whole state. */
export function MatchFilters({ filter, towns, kinds, ages }: Props) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Named[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  return (
    <form
      method="get"
      action={paths(locale).matching()}
      className="mt-5 grid items-end gap-3 sm:grid-cols-[1fr_1fr_1fr_auto] elder:grid-cols-1"
    >
      <SelectField
        name="kind"
        label={t("matching.kind")}
        empty={t("common.all")}
        defaultValue={filter.kind}
        options={named(kinds)}
      />
      <SelectField
        name="town"
        label={t("matching.town")}
        empty={t("common.all")}
        defaultValue={filter.town}
        options={named(towns)}
      />
      <SelectField
        name="age"
        label={t("matching.age")}
        empty={t("common.all")}
        defaultValue={filter.age}
        options={ages.map((age) => ({ value: age, label: t(`wishes.age_${age}`) }))}
      />
      <Button look="secondary">{t("matching.filter")}</Button>
    </form>
  );
}
