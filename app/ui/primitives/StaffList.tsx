import type { ReactNode } from "react";
import { Link } from "./Link";

type Row = Readonly<{ key: string; to: string; title: ReactNode; meta: ReactNode; tag?: ReactNode }>;

/** A list of work: each row one link, its state beside it. */
export const StaffList = ({ rows }: { rows: readonly Row[] }) => (
  <ul className="divide-y divide-line overflow-hidden rounded-lg border-(length:--border) border-line bg-surface">
    {rows.map((row) => (
      <li
        key={row.key}
        className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 p-4 hover:bg-sunken"
      >
        <div className="min-w-0 flex-1 basis-48">
          <Link to={row.to} className="font-semibold after:absolute after:inset-0">
            {row.title}
          </Link>
          <p className="text-2 text-muted">{row.meta}</p>
        </div>
        <div className="min-w-0">{row.tag}</div>
      </li>
    ))}
  </ul>
);
