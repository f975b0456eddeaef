import type { ReactNode } from "react";

type Stat = Readonly<{ key: string; value: ReactNode; label: ReactNode; note?: ReactNode }>;

const GRID = {
  three: "grid-cols-3 gap-x-4 sm:gap-x-8",
  two: "grid-cols-2 gap-x-4 sm:gap-x-8 sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]",
  free: "gap-x-8 sm:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))]",
} as const;

/**
 * Figures with their names, and where needed their definition; always beside the time as of which they hold.
 * On phones they stand below each other, or two or three short ones in a row.
 */
export const Stats = ({ stats, inRow = "free" }: { stats: readonly Stat[]; inRow?: keyof typeof GRID }) => (
  <dl className={`grid gap-y-5 elder:grid-cols-1 ${GRID[inRow]}`}>
    {stats.map((stat) => (
      <div
        key={stat.key}
        className="flex flex-col-reverse justify-end border-l-4 border-peach pl-3 contrast:border-brand sm:pl-4"
      >
        <dt className="text-2 text-muted">
          {stat.label}
          {stat.note ? <span className="mt-1 block text-1">{stat.note}</span> : null}
        </dt>
        <dd className="tabular text-6 leading-tight font-bold">{stat.value}</dd>
      </div>
    ))}
  </dl>
);
