import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";

type Crumb = Readonly<{ label: string; to: string }>;

/** The frame of every page: where one is, its one h1, a lead. */
export function Page({ title, lead, crumbs = [], wide = false, children }: { title: ReactNode; lead?: ReactNode; crumbs?: readonly Crumb[]; wide?: boolean; children: ReactNode }) {
  const t = useT();
  return (
    <main id="main" tabIndex={-1} className={`mx-auto w-full px-4 py-6 sm:px-6 sm:py-10 ${wide ? "max-w-6xl" : "max-w-3xl"}`}>
      {crumbs.length > 0 ? (
        <nav aria-label={t("common.youAreHere")} className="no-print mb-2 text-2">
          <ol className="flex flex-wrap gap-x-2">
            {crumbs.map((crumb) => (
              <li key={crumb.to} className="flex items-center gap-x-2">
                <Link to={crumb.to} className="inline-flex min-h-tap items-center text-brand underline underline-offset-4">
                  {crumb.label}
                </Link>
                <span aria-hidden="true" className="text-muted">
                  ›
                </span>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <h1 className="text-6 sm:text-7">{title}</h1>
      {lead ? <p className="mt-2 max-w-measure text-4 text-muted">{lead}</p> : null}
      <div className="mt-6">{children}</div>
    </main>
  );
}

export const Card = ({ children, className = "" }: { children: ReactNode; className?: string }) => (
  <div className={`rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card ${className}`}>{children}</div>
);

export const Section = ({ title, children, id }: { title: ReactNode; children: ReactNode; id?: string }) => (
  <section className="mt-10" aria-labelledby={id}>
    <h2 id={id} className="mb-3 text-5">
      {title}
    </h2>
    {children}
  </section>
);

/** Nothing here: the fact, the reason, one way on. */
export const EmptyState = ({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) => (
  <div className="rounded-lg border-(length:--border) border-dashed border-line-strong bg-surface p-6 text-center">
    <p className="text-4 font-semibold">{title}</p>
    {children ? <div className="mx-auto mt-1 max-w-measure text-muted">{children}</div> : null}
    {action ? <div className="mt-4">{action}</div> : null}
  </div>
);

type Tone = "info" | "done" | "wait" | "problem";
const TONES: Readonly<Record<Tone, { box: string; sign: string }>> = {
  info: { box: "bg-sky-soft text-sky border-sky", sign: "ℹ" },
  done: { box: "bg-jade-soft text-jade border-jade", sign: "✓" },
  wait: { box: "bg-gold-soft text-gold border-gold", sign: "◷" },
  problem: { box: "bg-danger-soft text-danger border-danger", sign: "⚠" },
};

/** A state in one or two words, with a sign beside its colour. */
export const Tag = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`inline-flex items-center gap-1 rounded-md border-(length:--border) px-2 py-0.5 text-1 font-semibold ${TONES[tone].box}`}>
    <span aria-hidden="true">{TONES[tone].sign}</span>
    {children}
  </span>
);

/** Something to know before going on. */
export const Notice = ({ tone = "info", children, live = false }: { tone?: Tone; children: ReactNode; live?: boolean }) => (
  <div role={live ? "status" : undefined} className={`flex gap-3 rounded-md border-(length:--border) p-4 ${TONES[tone].box}`}>
    <span aria-hidden="true">{TONES[tone].sign}</span>
    <div className="min-w-0 flex-1 text-ink">{children}</div>
  </div>
);

/** Facts by name. */
export const Facts = ({ rows }: { rows: readonly (readonly [ReactNode, ReactNode])[] }) => (
  <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
    {rows.map(([name, value], index) => (
      <div key={index} className="contents">
        <dt className="text-2 text-muted sm:py-1">{name}</dt>
        <dd className="mb-2 sm:mb-0 sm:py-1">{value}</dd>
      </div>
    ))}
  </dl>
);
