import { scaleLinear } from "d3-scale";
import { type DayCount, medianOf } from "~/domain/books/days";
import { count } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Bar } from "../primitives/Bar";

/** Spans by their first and last day. */
const SPANS = [
  ["open.days0", 0, 0],
  ["open.days1", 1, 3],
  ["open.days4", 4, 7],
  ["open.days8", 8, 14],
  ["open.days15", 15, 30],
  ["open.days31", 31, Infinity],
] as const;

/** In how many days things were handed over: half of them in one sentence, all of them span by span. */
export function DaysChart({ days }: { days: readonly DayCount[] }) {
  const t = useT();
  const locale = useLocale();
  const half = medianOf(days);
  if (half === undefined) return <p className="text-muted">{t("open.daysNone")}</p>;
  const spans = SPANS.map(([label, from, to]) => ({
    label,
    units: days.reduce((sum, day) => (day.days >= from && day.days <= to ? sum + day.units : sum), 0n),
  }));
  const width = scaleLinear()
    .domain([0, spans.reduce((most, { units }) => Math.max(most, Number(units)), 1)])
    .range([0, 100]);
  return (
    <>
      <p className="text-4 font-semibold">
        {half === 0 ? t("open.daysHalfSame") : t("open.daysHalf", { n: half })}
      </p>
      <dl className="mt-3 grid max-w-3xl gap-3">
        {spans.map(({ label, units }) => (
          <div key={label} className="grid grid-cols-[1fr_auto] gap-x-4">
            <dt>{t(label)}</dt>
            <dd className="tabular font-semibold">{t("open.pieces", { n: count(locale, units) })}</dd>
            <dd aria-hidden="true" className="col-span-2">
              <Bar share={width(Number(units))} colour="text-sky" />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
