import { count } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TownMap } from "../needs/TownMap";
import { TextLink } from "../primitives/Button";
import { Table } from "../primitives/Table";
import { Tabs } from "../primitives/Tabs";

export const TOWN_MAPS = ["waiting", "delivered", "days"] as const;
export type TownMapOf = (typeof TOWN_MAPS)[number];

type Row = Parameters<typeof nameIn>[1] &
  Readonly<{
    code: string;
    open: bigint;
    claimed: bigint;
    delivered: bigint;
    medianDays: number | undefined;
  }>;

const SHOWN = {
  waiting: { label: "open.mapWaiting", of: ({ open }: Row) => Number(open) },
  delivered: { label: "open.mapDelivered", of: ({ delivered }: Row) => Number(delivered) },
  days: { label: "open.mapDays", of: ({ medianDays }: Row) => medianDays },
} as const;

/** Every town as a tile, by what the reader chose to see, and all its figures as a table below. */
export function TownFigures({ rows, map }: { rows: readonly Row[]; map: TownMapOf }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  return (
    <>
      <Tabs
        label={t("open.mapBy")}
        tabs={TOWN_MAPS.map((one) => ({
          to: `${at.open(one === "waiting" ? undefined : one)}#towns`,
          label: t(SHOWN[one].label),
          current: one === map,
        }))}
      />
      <TownMap
        towns={rows.map((row) => ({ ...row, n: SHOWN[map].of(row) }))}
        to={at.town}
        note={t("open.townsNote")}
      />
      <details className="mt-4">
        <summary className="min-h-tap w-fit gap-2 text-brand">
          <span className="underline underline-offset-4">{t("open.townRows")}</span>
        </summary>
        <Table
          caption={t("open.townRows")}
          columns={[
            {
              head: t("open.town"),
              cell: (row) => <TextLink to={at.town(row.code)}>{nameIn(locale, row)}</TextLink>,
            },
            ...(
              [
                ["open.waiting", "open"],
                ["open.claimed", "claimed"],
                ["open.delivered", "delivered"],
              ] as const
            ).map(([head, key]) => ({
              head: t(head),
              cell: (row: Row) => count(locale, row[key]),
              numeric: true,
            })),
            {
              head: t("open.mapDays"),
              numeric: true,
              cell: ({ medianDays }) =>
                medianDays === undefined ? t("open.noDays") : t("open.daysOf", { n: medianDays }),
            },
          ]}
          rows={rows}
          keyOf={({ code }) => code}
        />
      </details>
    </>
  );
}
