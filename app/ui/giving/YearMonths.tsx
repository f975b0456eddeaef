import { count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Section } from "../primitives/Page";
import { Table } from "../primitives/Table";

type Month = Readonly<{ month: number; things: bigint; services: bigint; fen: bigint }>;

/** What was given in each month in which something was. A column that would hold nothing is left out. */
export function YearMonths({ months }: Readonly<{ months: readonly Month[] }>) {
  const t = useT();
  const locale = useLocale();
  const has = (what: "things" | "services" | "fen") => months.some((month) => month[what] > 0n);
  const number = (units: bigint) => (units > 0n ? count(locale, units) : "–");
  const columns = [
    {
      is: true,
      head: t("year.month"),
      cell: ({ month }: Month) => t("year.monthName", { n: month }),
      numeric: false,
    },
    { is: has("things"), head: t("year.things"), cell: ({ things }: Month) => number(things), numeric: true },
    {
      is: has("services"),
      head: t("year.services"),
      cell: ({ services }: Month) => number(services),
      numeric: true,
    },
    {
      is: has("fen"),
      head: t("year.money"),
      cell: ({ fen }: Month) => (fen > 0n ? money(locale, fen) : "–"),
      numeric: true,
    },
  ];
  return (
    <Section title={t("year.byMonth")}>
      <Table
        caption={t("year.byMonth")}
        columns={columns.flatMap(({ is, ...column }) => (is ? [column] : []))}
        rows={months}
        keyOf={({ month }) => String(month)}
      />
    </Section>
  );
}
