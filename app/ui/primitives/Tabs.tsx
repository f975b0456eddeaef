import type { ReactNode } from "react";
import { Link } from "./Link";

type Tab = Readonly<{ to: string; label: ReactNode; current: boolean; count?: string }>;

/** Views of one thing, each its own URL; links, not a widget, so that they work everywhere. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly Tab[] }) => (
  <nav aria-label={label} className="no-print mb-6 border-b-2 border-line">
    <ul className="-mb-0.5 flex flex-wrap gap-x-1">
      {tabs.map((tab) => (
        <li key={tab.to}>
          <Link
            to={tab.to}
            aria-current={tab.current ? "page" : undefined}
            className={`flex min-h-tap items-center gap-2 border-b-4 px-3 ${tab.current ? "border-brand font-bold text-brand" : "border-transparent text-ink hover:border-line-strong"}`}
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="tabular rounded-full bg-sunken px-2 text-1 font-semibold text-muted">
                {tab.count}
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
