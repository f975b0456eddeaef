import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

type Row = Readonly<{ key: string; to: string; title: ReactNode; meta: ReactNode; tag?: ReactNode }>;

/** A list of work: each row one link, its state beside it. */
export const StaffList = ({ rows }: { rows: readonly Row[] }) => (
  <ul className="grid gap-3">
    {rows.map((row) => (
      <li key={row.key} className="lift relative flex items-center justify-between gap-4 rounded-lg border-(length:--border) border-line bg-surface p-4">
        <div className="min-w-0">
          <Link to={row.to} className="text-4 font-semibold after:absolute after:inset-0 after:rounded-lg">
            {row.title}
          </Link>
          <p className="text-2 text-muted">{row.meta}</p>
        </div>
        <div className="shrink-0">{row.tag}</div>
      </li>
    ))}
  </ul>
);
