import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { SelectField } from "../primitives/Field";
import { CodeField } from "./CodeField";

type Props = Readonly<{
  action: string;
  filter: Readonly<{ code?: string | undefined; town?: string | undefined }>;
  /** The towns to choose among; with one alone nothing is to be chosen. */
  towns: readonly Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>[];
  /** What else stands in the address and stays. */
  kept?: Readonly<Record<string, string>>;
}>;

/** Finds in a list of work by a code, or shows one town of it: a plain form, its address the whole state. */
export function QueueFilter({ action, filter, towns, kept = {} }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <form
      method="get"
      action={action}
      role="search"
      // What is found next is shown in the fields too.
      key={JSON.stringify(filter)}
      className="mb-5 grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto] elder:grid-cols-1"
    >
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <CodeField code={filter.code} />
      {towns.length > 1 ? (
        <SelectField
          name="town"
          label={t("work.findTown")}
          empty={t("common.all")}
          defaultValue={filter.town}
          options={towns.map((town) => ({ value: town.code, label: nameIn(locale, town) }))}
        />
      ) : null}
      <Button look="secondary" icon="search">
        {t("common.search")}
      </Button>
    </form>
  );
}
