import { count, day, money } from "~/i18n/format";
import { langOfWords, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { unitName } from "../needs/unitName";
import { TextLink } from "../primitives/Button";
import { Table } from "../primitives/Table";

type Row = Readonly<{
  id: string;
  at: Date;
  quantity: bigint;
  amountFen: bigint;
  itemHans: string;
  itemHant: string;
  unit: Parameters<typeof unitName>[1];
  code: string;
}>;

/** What was bought, each as its unit price times how many. */
export function Bought({ rows }: { rows: readonly Row[] }) {
  const t = useT();
  const locale = useLocale();
  if (rows.length === 0) return <p className="text-muted">{t("open.boughtNone")}</p>;
  return (
    <Table
      caption={t("open.boughtTitle")}
      columns={[
        {
          head: t("open.item"),
          cell: (row) => (
            <TextLink to={paths(locale).wish(row.code)}>
              <span lang={langOfWords(locale)}>{wordsIn(locale, row.itemHans, row.itemHant)}</span>
            </TextLink>
          ),
        },
        { head: t("open.day"), cell: (row) => day(locale, row.at) },
        {
          head: t("open.unitPrice"),
          numeric: true,
          cell: (row) =>
            t("open.unitPriceOf", {
              price: money(locale, (row.amountFen + row.quantity / 2n) / row.quantity),
              unit: unitName(locale, row.unit, 1n),
            }),
        },
        {
          head: t("open.quantity"),
          numeric: true,
          cell: (row) => `× ${count(locale, row.quantity)}`,
        },
        { head: t("open.amount"), numeric: true, cell: (row) => <b>{money(locale, row.amountFen)}</b> },
      ]}
      rows={rows}
      keyOf={({ id }) => id}
    />
  );
}
