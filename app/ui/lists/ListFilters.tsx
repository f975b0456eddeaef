import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { ListFilter } from "~/domain/lists/listFilter";
import { aside, count } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { Icon } from "../icons/Icon";
import { Button, LinkButton } from "../primitives/Button";
import { SelectField, TextField } from "../primitives/Field";

type Counts = readonly Readonly<{ value: string; n: number }>[];
type Props = Readonly<{
  filter: ListFilter;
  facets: Readonly<{ situation: Counts; audience: Counts }>;
  towns: readonly Readonly<{ code: string; name: string }>[];
}>;

/** Search and filters of the lists as a plain GET form: the URL is the whole state. */
export function ListFilters({ filter, facets, towns }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const here = filter.list ? at.list(filter.list) : at.lists();
  const options = (counts: Counts, prefix: "situation" | "audience", words: readonly string[]) =>
    words.flatMap((word) => {
      const found = counts.find((count) => count.value === word);
      return found || filter[prefix] === word
        ? [
            {
              value: word,
              label: t(`lists.${prefix}_${word}` as MessageKey) + aside(locale, count(locale, found?.n ?? 0)),
            },
          ]
        : [];
    });
  return (
    <form
      method="get"
      action={here}
      role="search"
      className="no-print grid content-start gap-4"
      key={JSON.stringify(filter)}
    >
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            name="q"
            maxLength={LENGTHS.search}
            type="search"
            label={t("lists.searchLists")}
            hint={t("lists.searchHint")}
            defaultValue={filter.q}
          />
        </div>
        <Button look="secondary" aria-label={t("common.search")} className="px-3">
          <Icon name="search" />
        </Button>
      </div>
      <details
        className="open-wide rounded-lg border-(length:--border) border-line bg-surface"
        open={Boolean(filter.situation ?? filter.audience ?? filter.town)}
      >
        <summary className="flex min-h-tap cursor-pointer items-center gap-2 px-4 font-semibold">
          <Icon name="filter" />
          {t("lists.filter")}
        </summary>
        <div className="grid gap-4 p-4">
          <SelectField
            name="situation"
            label={t("lists.situation")}
            empty={t("common.all")}
            defaultValue={filter.situation}
            options={options(facets.situation, "situation", LIFE_SITUATIONS)}
          />
          <SelectField
            name="audience"
            label={t("lists.audience")}
            empty={t("common.all")}
            defaultValue={filter.audience}
            options={options(facets.audience, "audience", AUDIENCES)}
          />
          <SelectField
            name="town"
            label={t("lists.town")}
            empty={t("common.all")}
            defaultValue={filter.town}
            options={towns.map((town) => ({ value: town.code, label: town.name }))}
          />
          <div className="flex flex-wrap gap-2">
            <Button>{t("lists.apply")}</Button>
            <LinkButton look="quiet" to={here}>
              {t("lists.clear")}
            </LinkButton>
          </div>
        </div>
      </details>
    </form>
  );
}
