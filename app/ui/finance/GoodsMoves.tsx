import type { goodsBook, goodsTotals, refusedGoods } from "~/domain/books/goodsQueries.server";
import { count, moment, money } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EmptyState, Notice, Section } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { Table } from "../primitives/Table";
import { placeIn } from "./goodsPlace";

type Props = Readonly<{
  filter: Parameters<typeof goodsTotals>[1];
  rows: Awaited<ReturnType<typeof goodsBook>>["rows"];
  totals: Awaited<ReturnType<typeof goodsTotals>>;
  /** What was refused, by where it went; it is in no sum. */
  refused: Awaited<ReturnType<typeof refusedGoods>>;
  next: string | undefined;
}>;

/** What moved on the days of a filter that could be read. */
export function GoodsMoves({ filter, rows, totals, refused, next }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const place = placeIn(t);
  return (
    <>
      <Section title={t("finance.ways")}>
        <Table
          caption={t("finance.ways")}
          rows={totals}
          keyOf={(row) => `${row.from} ${row.to}`}
          columns={[
            { head: t("finance.fromTo"), cell: (row) => `${place(row.from)} → ${place(row.to)}` },
            { head: t("finance.moves"), cell: (row) => count(locale, row.moves), numeric: true },
            { head: t("common.quantity"), cell: (row) => count(locale, row.units), numeric: true },
            { head: t("finance.value"), cell: (row) => money(locale, row.valueFen), numeric: true },
          ]}
        />
        {refused.length > 0 ? (
          <div className="mt-4">
            <Notice>
              {[
                t("finance.refusedApart"),
                ...refused.map((row) => `${t(`finance.place_${row.to}`)} ${count(locale, row.units)}`),
              ].join(" ")}
            </Notice>
          </div>
        ) : null}
        <a
          href={at.goodsCsv(filter)}
          className="mt-4 inline-flex min-h-tap items-center text-brand underline underline-offset-4"
        >
          {t("common.downloadCsv")}
        </a>
      </Section>
      <Section title={t("finance.everyMove")}>
        {rows.length === 0 ? <EmptyState title={t("common.none")} /> : null}
        <Table
          caption={t("finance.everyMove")}
          rows={rows}
          keyOf={(row) => row.move.id}
          columns={[
            { head: t("common.when"), cell: (row) => moment(locale, row.move.occurredAt) },
            { head: t("finance.label"), cell: (row) => row.label },
            {
              head: t("finance.fromTo"),
              cell: (row) =>
                `${place(row.move.fromKind, row.fromName)} → ${place(row.move.toKind, row.toName)}`,
            },
            { head: t("common.quantity"), cell: (row) => count(locale, row.move.quantity), numeric: true },
            {
              head: t("finance.unitValue"),
              cell: (row) =>
                row.unitValueFen === null ? t("finance.notValued") : money(locale, row.unitValueFen),
              numeric: true,
            },
            { head: t("finance.gift"), cell: (row) => row.giftCode ?? "" },
            { head: t("finance.need"), cell: (row) => row.needCode ?? "" },
            {
              head: t("common.reason"),
              cell: (row) => (row.move.reason ? t(`journal.reason_${row.move.reason}` as MessageKey) : ""),
            },
          ]}
        />
        <Pagination next={next} />
      </Section>
    </>
  );
}
