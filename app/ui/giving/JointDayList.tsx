import { Link } from "@remix-run/react";
import { calendarDay, clauses } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { thing } from "~/ui/store/things";
import type { JointDaySide, JointDayState as State } from "~db/schema/giving";
import { JointDayState } from "./JointDayState";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type ComingJointDay = Readonly<{
  id: string;
  day: string;
  state: State;
  proposedSide: JointDaySide;
  giftCode: string;
  donorName: string | null;
  point: Names;
  expected: readonly Readonly<{
    itemHans: string;
    itemHant: string;
    unit: Names & { nameEnPlural: string };
    quantity: bigint;
  }>[];
}>;

const MOST = 4;

/** Coming joint days with what is expected; each a link where its reader can answer. */
export function JointDayList({
  rows,
  to,
  showPoint = false,
}: {
  rows: readonly ComingJointDay[];
  to?: (id: string) => string;
  showPoint?: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border-(length:--border) border-line bg-surface">
      {rows.map((row) => (
        <li key={row.id} className={`relative grid gap-1 p-4 ${to ? "hover:bg-sunken" : ""}`}>
          <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            {to ? (
              <Link to={to(row.id)} className="font-semibold after:absolute after:inset-0">
                {calendarDay(locale, row.day)}
              </Link>
            ) : (
              <span className="font-semibold">{calendarDay(locale, row.day)}</span>
            )}
            {showPoint ? (
              <span>{nameIn(locale, row.point)}</span>
            ) : (
              <JointDayState jointDay={row} reader="point" />
            )}
          </p>
          <p lang={langOfWords(locale)}>
            {clauses(
              locale,
              row.expected.slice(0, MOST).map((line) => thing(locale, line, line.quantity)),
            ) || t("jointDays.nothingExpected")}
            {row.expected.length > MOST ? (
              <span lang={locale}> … {t("jointDays.moreThings", { n: row.expected.length })}</span>
            ) : null}
          </p>
          <p className="text-2 text-muted">
            {t("jointDays.from", { donor: row.donorName ?? t("jointDays.kindCompany"), code: row.giftCode })}
          </p>
        </li>
      ))}
    </ul>
  );
}
