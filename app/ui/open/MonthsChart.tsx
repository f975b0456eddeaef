import { scaleBand, scaleLinear } from "d3-scale";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Table } from "../primitives/Table";

type Month = Readonly<{ month: string; receivedFen: bigint; spentFen: bigint; refundedFen: bigint }>;

/** Heights of the chart, in letters, so that it grows with them. */
const HEIGHT_REM = 10;
const ROOM_ABOVE_REM = 1.5;
const BASE_REM = ROOM_ABOVE_REM + HEIGHT_REM;
/** Fewer months than these would look like more than they are. */
const FEWEST = 6;

const rem = (value: number) => `${Math.round(value * 1000) / 1000}rem`;
const percent = (value: number) => `${Math.round(value * 100) / 100}%`;

/** From the first month in which any money moved, and some months at least. */
function shownOf(months: readonly Month[]): readonly Month[] {
  const first = months.findIndex(
    ({ receivedFen, spentFen, refundedFen }) => receivedFen !== 0n || spentFen !== 0n || refundedFen !== 0n,
  );
  return months.slice(Math.min(Math.max(0, first), months.length - FEWEST));
}

/** Money in and out month by month: a column filled, and one hatched beside it; the same as a table below. */
export function MonthsChart({ months }: { months: readonly Month[] }) {
  const t = useT();
  const locale = useLocale();
  const shown = shownOf(months);
  const yuan = (fen: bigint) => Math.max(0, Number(fen) / 100);
  const most = shown.reduce((top, row) => Math.max(top, yuan(row.receivedFen), yuan(row.spentFen)), 1);
  const height = scaleLinear().domain([0, most]).nice(3).range([0, HEIGHT_REM]);
  const band = scaleBand()
    .domain(shown.map(({ month }) => month))
    .range([0, 100])
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const half = band.bandwidth() / 2;
  const nameOf = (month: string) => {
    const [year = "", number = ""] = month.split("-");
    return t("open.monthOf", { year, month: locale === "en" ? number : parseInt(number, 10) });
  };

  return (
    <figure>
      <figcaption className="flex flex-wrap gap-x-6 gap-y-1 text-2">
        <Sign hatched={false}>{t("open.moneyIn")}</Sign>
        <Sign hatched>{t("open.moneyOut")}</Sign>
      </figcaption>
      <svg
        role="img"
        aria-label={t("open.moneyTitle")}
        className="mt-2 block w-full overflow-visible"
        style={{ height: rem(BASE_REM + 2) }}
      >
        <Hatch />
        {height.ticks(3).map((tick) => (
          <g key={tick} className="text-muted">
            <line
              x1="0"
              x2="100%"
              y1={rem(BASE_REM - height(tick))}
              y2={rem(BASE_REM - height(tick))}
              stroke="currentColor"
              strokeWidth={tick === 0 ? 2 : 1}
              strokeDasharray={tick === 0 ? undefined : "2 6"}
            />
            {tick === 0 ? null : (
              <text y={rem(BASE_REM - height(tick) - 0.3)} fill="currentColor" className="tabular text-1">
                {money(locale, BigInt(Math.round(tick * 100)))}
              </text>
            )}
          </g>
        ))}
        {shown.map((row, index) => {
          const x = band(row.month) ?? 0;
          const [inRem, outRem] = [height(yuan(row.receivedFen)), height(yuan(row.spentFen))];
          return (
            <g key={row.month}>
              <rect
                x={percent(x)}
                y={rem(BASE_REM - inRem)}
                width={percent(half)}
                height={rem(inRem)}
                fill="currentColor"
                className="text-brand"
              />
              <rect
                x={percent(x + half)}
                y={rem(BASE_REM - outRem)}
                width={percent(half)}
                height={rem(outRem)}
                fill="url(#hatch)"
                stroke="currentColor"
                strokeWidth={outRem > 0 ? 2 : 0}
                className="text-jade"
              />
              {(shown.length - 1 - index) % 3 === 0 ? (
                <text
                  x={percent(x + half)}
                  y={rem(BASE_REM + 1.4)}
                  textAnchor="middle"
                  fill="currentColor"
                  className="tabular text-1 text-muted"
                >
                  {t("open.monthShort", { month: parseInt(row.month.slice(5), 10) })}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <details className="mt-1">
        <summary className="min-h-tap w-fit gap-2 text-2 text-brand">
          <span className="underline underline-offset-4">{t("open.asTable")}</span>
        </summary>
        <Table
          caption={t("open.moneyTitle")}
          columns={[
            { head: t("open.month"), cell: ({ month }) => nameOf(month) },
            ...(
              [
                ["open.moneyIn", "receivedFen"],
                ["open.moneyOut", "spentFen"],
                ["open.moneyBack", "refundedFen"],
              ] as const
            ).map(([head, key]) => ({
              head: t(head),
              cell: (row: Month) => money(locale, row[key]),
              numeric: true,
            })),
          ]}
          rows={shown.toReversed()}
          keyOf={({ month }) => month}
        />
      </details>
    </figure>
  );
}

/** Stripes by which a column is told from a filled one without any colour. */
const Hatch = () => (
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" className="text-jade">
      <path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="currentColor" strokeWidth="1.5" />
    </pattern>
  </defs>
);

const Sign = ({ hatched, children }: { hatched: boolean; children: string }) => (
  <span className="inline-flex items-center gap-2">
    <svg aria-hidden="true" className={`size-4 ${hatched ? "text-jade" : "text-brand"}`}>
      <rect
        x="1"
        y="1"
        width="14"
        height="14"
        fill={hatched ? "url(#hatch)" : "currentColor"}
        stroke="currentColor"
        strokeWidth="2"
      />
    </svg>
    {children}
  </span>
);
