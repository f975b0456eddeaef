import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { Table } from "../primitives/Table";
import { amountOf, type YearLine } from "./yearTable";

type Row = Pick<YearLine, "town" | "itemHans" | "itemHant" | "lineKind" | "unit" | "units" | "fen"> &
  Readonly<{ townCode: string }>;

/** A company's year by town and thing; nothing for anybody else. */
export function YearByTown({ rows }: Readonly<{ rows: readonly Row[] }>) {
  const t = useT();
  const locale = useLocale();
  if (rows.length === 0) return null;
  return (
    <Section title={t("year.byTown")}>
      <Table
        caption={t("year.byTown")}
        columns={[
          { head: t("year.town"), cell: ({ town }) => nameIn(locale, town) },
          {
            head: t("year.fileItem"),
            cell: ({ itemHans, itemHant }) => (
              <span lang={langOfWords(locale)}>{wordsIn(locale, itemHans, itemHant)}</span>
            ),
          },
          { head: t("year.amount"), cell: (row) => amountOf(locale, row), numeric: true },
        ]}
        rows={rows}
        keyOf={({ townCode, itemHans, lineKind, unit }) =>
          [townCode, itemHans, lineKind, unit.nameHans].join()
        }
      />
    </Section>
  );
}
