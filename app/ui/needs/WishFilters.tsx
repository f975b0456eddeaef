import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { WishFilter } from "~/domain/needs/wishFilter";
import { aside, count } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon } from "../icons/Icon";
import { Button, LinkButton } from "../primitives/Button";
import { SelectField, TextField } from "../primitives/Field";
import { Kept } from "../shell/Kept";

type Named = Readonly<{ code: string; name: string }>;
type Count = Readonly<{ value: string; n: number }>;
type Props = Readonly<{
  filter: WishFilter;
  facets: Readonly<Record<"town" | "kind" | "group" | "item", readonly Count[]>>;
  names: { towns: readonly Named[]; kinds: readonly Named[] };
}>;

/** What lies folded away on phones, but for the order. */
const FOLDED = ["kind", "group", "town", "item", "gap", "waiting"] as const;

/**
 * Filters as a plain GET form: the URL is the whole state. On phones folded away until wanted, also where
 * some are chosen: these stand above the results.
 */
export function WishFilters(choices: Props) {
  const locale = useLocale();
  // What somebody typed is theirs, and hardly asked for twice.
  if (choices.filter.q !== undefined) return <FiltersOf {...choices} />;
  return (
    <Kept of={["filters", locale, choices.filter]} shown={choices}>
      <FiltersOf {...choices} />
    </Kept>
  );
}

function FiltersOf({ filter, facets, names }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const withCount = (counts: readonly Count[], code: string, label: string) => {
    const found = counts.find((count) => count.value === code);
    return { value: code, label: found ? label + aside(locale, count(locale, found.n)) : label };
  };

  const named = (counts: readonly Count[], rows: readonly Named[], chosen: string | undefined) =>
    rows
      .filter(
        (row) =>
          counts.length === 0 || row.code === chosen || counts.some((count) => count.value === row.code),
      )
      .map((row) => withCount(counts, row.code, row.name));
  const worded = (counts: readonly Count[], prefix: string, codes: readonly string[]) =>
    codes.map((code) => withCount(counts, code, t(`wishes.${prefix}_${code}` as MessageKey)));
  const chosen = FOLDED.filter((name) => filter[name] !== undefined).length;
  const fields = (
    <>
      <SelectField
        name="kind"
        label={t("wishes.kind")}
        empty={t("common.all")}
        defaultValue={filter.kind}
        options={worded(facets.kind, "kind", ["goods", "service", "money"])}
      />
      <SelectField
        name="group"
        label={t("wishes.group")}
        empty={t("common.all")}
        defaultValue={filter.group}
        options={worded(facets.group, "group", [
          "child",
          "older_person",
          "disabled_person",
          "illness_or_carers",
          "low_income",
        ])}
      />
      <SelectField
        name="town"
        label={t("wishes.town")}
        empty={t("common.all")}
        defaultValue={filter.town}
        options={named(facets.town, names.towns, filter.town)}
      />
      <SelectField
        name="item"
        label={t("wishes.item")}
        empty={t("common.all")}
        defaultValue={filter.item}
        options={named(facets.item, names.kinds, filter.item)}
      />
      <SelectField
        name="gap"
        label={t("wishes.gap")}
        empty={t("common.all")}
        defaultValue={filter.gap}
        options={worded([], "gap", ["one", "few", "many"])}
      />
      <SelectField
        name="waiting"
        label={t("wishes.waiting")}
        empty={t("common.all")}
        defaultValue={filter.waiting}
        options={worded([], "waiting", ["week", "month"])}
      />
      <SelectField
        name="sort"
        label={t("wishes.sort")}
        defaultValue={filter.sort ?? "waiting"}
        options={worded([], "sort", ["waiting", "newest"])}
      />
      <div className="flex flex-wrap gap-2">
        <Button>{t("wishes.apply")}</Button>
        <LinkButton look="quiet" to={at.wishes()}>
          {t("wishes.clear")}
        </LinkButton>
      </div>
    </>
  );
  return (
    <form
      method="get"
      action={at.wishes()}
      role="search"
      className="grid content-start gap-4"
      key={JSON.stringify(filter)}
    >
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            name="q"
            maxLength={LENGTHS.search}
            type="search"
            label={t("wishes.search")}
            hint={t("wishes.searchHint")}
            defaultValue={filter.q}
          />
        </div>
        <Button look="secondary" aria-label={t("common.search")} className="px-3">
          <Icon name="search" />
        </Button>
      </div>
      {filter.done ? <input type="hidden" name="done" value="yes" /> : null}
      <details className="open-wide rounded-lg border-(length:--border) border-line bg-surface">
        <summary className="flex min-h-tap cursor-pointer items-center gap-2 px-4 font-semibold">
          <Icon name="filter" />
          {chosen === 0 ? t("wishes.filter") : t("wishes.filterOn", { n: chosen })}
        </summary>
        <div className="grid gap-4 p-4">{fields}</div>
      </details>
    </form>
  );
}
