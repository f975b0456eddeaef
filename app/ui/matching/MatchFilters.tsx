import type { MatchFilter } from "~/domain/matching/schemas";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { AgeBand } from "~db/schema/households";
import { Icon } from "../icons/Icon";
import { Button } from "../primitives/Button";
import { SelectField } from "../primitives/Field";
import { CodeField } from "../work/CodeField";

export type Named = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;
export type MatchNames = Readonly<{
  towns: readonly Named[];
  kinds: readonly Named[];
  ages: readonly AgeBand[];
}>;

const FOLDED = ["kind", "town", "age"] as const;

/**
 * What the desk shows, as a plain form whose address is the whole state: a code to find by, and choices that
 * are folded away on phones.
 */
export function MatchFilters({ filter, names }: Readonly<{ filter: MatchFilter; names: MatchNames }>) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Named[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const chosen = FOLDED.filter((name) => filter[name] !== undefined).length;
  return (
    <form
      method="get"
      action={paths(locale).matching()}
      role="search"
      className="mb-4 grid items-end gap-3 lg:grid-cols-[17rem_1fr] elder:grid-cols-1"
      key={JSON.stringify(filter)}
    >
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <CodeField code={filter.code} />
        </div>
        <Button look="secondary" aria-label={t("common.search")} className="px-3">
          <Icon name="search" />
        </Button>
      </div>
      <details className="open-wide rounded-lg border-(length:--border) border-line bg-surface lg:border-0 lg:bg-transparent elder:border-(length:--border) elder:bg-surface">
        <summary className="flex min-h-tap cursor-pointer items-center gap-2 px-4 font-semibold">
          <Icon name="filter" />
          {chosen === 0 ? t("wishes.filter") : t("wishes.filterOn", { n: chosen })}
        </summary>
        <div className="grid items-end gap-3 p-4 sm:grid-cols-[1fr_1fr_1fr_auto] lg:p-0 elder:grid-cols-1 elder:p-4">
          <SelectField
            name="kind"
            label={t("matching.kind")}
            empty={t("common.all")}
            defaultValue={filter.kind}
            options={named(names.kinds)}
          />
          <SelectField
            name="town"
            label={t("matching.town")}
            empty={t("common.all")}
            defaultValue={filter.town}
            options={named(names.towns)}
          />
          <SelectField
            name="age"
            label={t("matching.age")}
            empty={t("common.all")}
            defaultValue={filter.age}
            options={names.ages.map((age) => ({ value: age, label: t(`wishes.age_${age}`) }))}
          />
          <Button look="secondary">{t("matching.filter")}</Button>
        </div>
      </details>
    </form>
  );
}
