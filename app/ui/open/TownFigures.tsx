import { count } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { TownMap } from "../needs/TownMap";
import { TextLink } from "../primitives/Button";
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

/** Every town as a tile, by what the reader chose to see, and all its figures as a list below. */
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
        <ul className="max-w-3xl">
          {rows.map((row) => (
            <li
              key={row.code}
              className="flex flex-wrap items-center justify-between gap-x-4 border-b border-line"
            >
              <TextLink to={at.town(row.code)}>{nameIn(locale, row)}</TextLink>
              <span className="tabular text-2">
                {[
                  `${count(locale, row.open)} ${t("open.waiting")}`,
                  `${count(locale, row.claimed)} ${t("open.claimed")}`,
                  `${count(locale, row.delivered)} ${t("open.delivered")}`,
                  row.medianDays === undefined ? t("open.noDays") : t("open.daysOf", { n: row.medianDays }),
                ].join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
