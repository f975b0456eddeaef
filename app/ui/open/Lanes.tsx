import { scaleLinear } from "d3-scale";
import type { LaneUnits } from "~/domain/trace/lanes";
import { count } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Bar } from "../primitives/Bar";

/**
 * The way of things in three lanes, each as wide as what came so far; between them what went on, and in words
 * what is still where.
 */
export function Lanes({ lanes }: { lanes: LaneUnits }) {
  const t = useT();
  const locale = useLocale();
  const arrived = lanes.given + lanes.bought;
  if (arrived <= 0n) return <p className="text-muted">{t("open.lanesNone")}</p>;
  const n = (units: bigint) => ({ n: count(locale, units) });
  const width = scaleLinear()
    .domain([0, Number(arrived)])
    .range([0, 100])
    .clamp(true);
  const split = t("open.laneGivenSplit", {
    given: count(locale, lanes.given),
    bought: count(locale, lanes.bought),
  });
  const rows: readonly (readonly [MessageKey, bigint, string, string])[] = [
    ["open.laneGiven", arrived, "text-brand", split],
    ["open.laneSent", lanes.sentOut, "text-sky", t("open.laneSentRest", n(lanes.atPoint))],
    ["open.laneDelivered", lanes.delivered, "text-jade", t("open.laneDeliveredRest", n(lanes.onTheWay))],
  ];
  return (
    <>
      <ol className="max-w-3xl">
        {rows.map(([label, units, colour, aside], index) => (
          <li key={label}>
            {index === 0 ? null : (
              <Going from={width(Number(rows[index - 1]?.[1] ?? 0n))} to={width(Number(units))} />
            )}
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-semibold">{t(label)}</span>
              <span className="tabular text-4 font-bold">{t("open.pieces", n(units))}</span>
            </p>
            <Bar share={width(Number(units))} colour={colour} />
            <p className="mt-1 text-2 text-muted">{aside}</p>
          </li>
        ))}
      </ol>
      {lanes.gone > 0n ? <p className="mt-3 text-2">{t("open.laneGone", n(lanes.gone))}</p> : null}
    </>
  );
}

/** What goes on from one lane to the next, narrowing to what the next one has. */
const Going = ({ from, to }: { from: number; to: number }) => (
  <svg
    aria-hidden="true"
    viewBox="0 0 100 10"
    preserveAspectRatio="none"
    className="mt-2 mb-1 block h-7 w-full text-peach contrast:hidden"
  >
    <polygon points={`0,0 ${from},0 ${to},10 0,10`} fill="currentColor" />
  </svg>
);
