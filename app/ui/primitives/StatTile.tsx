import type { ReactNode } from "react";

type Stat = Readonly<{ key: string; value: ReactNode; label: ReactNode; note?: ReactNode }>;

/** Figures with their names, and where needed their definition; always beside the time as of which they hold. */
export const Stats = ({ stats }: { stats: readonly Stat[] }) => (
  <dl className="grid gap-x-8 gap-y-5 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] elder:grid-cols-1">
    {stats.map((stat) => (
      <div key={stat.key} className="flex flex-col-reverse justify-end border-l-4 border-peach pl-4 contrast:border-brand">
        <dt className="text-2 text-muted">
          {stat.label}
          {stat.note ? <span className="mt-1 block text-1">{stat.note}</span> : null}
        </dt>
        <dd className="tabular text-6 leading-tight font-bold">{stat.value}</dd>
      </div>
    ))}
  </dl>
);
