import { count, money } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Table } from "../primitives/Table";

type Line = Readonly<{
  id: string;
  kind: string;
  itemHans: string;
  itemHant: string;
  requested: bigint;
  pledged: bigint;
  inHub: bigint;
  delivered: bigint;
  unitPriceFen: bigint;
  unit: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
}>;

/**
 * The budget of an organisation's need, line by line: money in yuan, things in their units, and what of each
 * is promised.
 */
export function Budget({ lines }: { lines: readonly Line[] }) {
  const t = useT();
  const locale = useLocale();
  const claimed = (line: Line) => line.pledged + line.inHub + line.delivered;
  const amount = (line: Line, n: bigint) =>
    line.kind === "money" ? money(locale, n) : `${count(locale, n)} ${nameIn(locale, line.unit)}`;
  const totalFen = lines.reduce((total, line) => total + line.requested * line.unitPriceFen, 0n);
  return (
    <>
      <Table
        caption={t("organisations.budget")}
        rows={lines}
        keyOf={(line) => line.id}
        columns={[
          {
            head: t("wishes.whatExactly"),
            cell: (line) => (
              <span lang={langOfWords(locale)}>{wordsIn(locale, line.itemHans, line.itemHant)}</span>
            ),
          },
          { head: t("common.quantity"), cell: (line) => amount(line, line.requested), numeric: true },
          {
            head: t("common.total"),
            cell: (line) => money(locale, line.requested * line.unitPriceFen),
            numeric: true,
          },
          { head: t("common.claimed"), cell: (line) => amount(line, claimed(line)), numeric: true },
        ]}
      />
      <p className="tabular mt-3 text-right font-semibold">
        {t("organisations.total")} {money(locale, totalFen)}
      </p>
    </>
  );
}
