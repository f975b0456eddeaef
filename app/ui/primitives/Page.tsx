import { useMatches } from "@remix-run/react";
import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";
import { Icon, type IconName } from "../icons/Icon";
import { Scene, type SceneName } from "../icons/Scene";
import { Link } from "./Link";
import { UNREAD } from "./unread";

type Crumb = Readonly<{ label: string; to: string }>;

/** The frame of every page: where one is, its one h1, a lead, and what can be done with the whole page. */
export function Page({
  title,
  lead,
  crumbs = [],
  wide = false,
  actions,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  crumbs?: readonly Crumb[];
  wide?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  const isUnread = useMatches().some(
    ({ data }) => typeof data === "object" && data !== null && UNREAD in data,
  );
  return (
    <main
      id="main"
      tabIndex={-1}
      className={`mx-auto w-full px-4 pt-5 pb-10 outline-none sm:px-6 sm:pt-8 ${wide ? "max-w-6xl" : "max-w-3xl"}`}
    >
      {crumbs.length > 0 ? (
        <nav aria-label={t("common.youAreHere")} className="no-print mb-2 text-2">
          <ol className="flex flex-wrap gap-x-2">
            {crumbs.map((crumb) => (
              <li key={crumb.to} className="flex items-center gap-x-2">
                <Link
                  to={crumb.to}
                  className="inline-flex min-h-tap items-center gap-1.5 text-brand underline underline-offset-4"
                >
                  <Icon name="back" className="size-4" />
                  {crumb.label}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h1 className="text-6 sm:text-7">{title}</h1>
        {actions ? <div className="no-print flex flex-wrap gap-3">{actions}</div> : null}
      </div>
      {lead ? <p className="mt-2 max-w-measure text-4 text-muted">{lead}</p> : null}
      {isUnread ? (
        <div className="mt-6">
          <Notice tone="wait">{t("common.filterUnread")}</Notice>
        </div>
      ) : null}
      <div className="mt-6">{children}</div>
    </main>
  );
}

export const Card = ({ children, className = "" }: { children: ReactNode; className?: string }) => (
  <div className={`rounded-lg border-(length:--border) border-line bg-surface p-5 shadow-card ${className}`}>
    {children}
  </div>
);

export const Section = ({
  title,
  children,
  id,
  more,
}: {
  title: ReactNode;
  children: ReactNode;
  id?: string;
  more?: ReactNode;
}) => (
  <section className="mt-10 scroll-mt-4" aria-labelledby={id}>
    <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6">
      <h2 id={id} className="text-5">
        {title}
      </h2>
      {more}
    </div>
    {children}
  </section>
);

/** Nothing here: the fact, the reason, one way on. The bare fact alone stays one quiet line. */
export const EmptyState = ({
  title,
  children,
  action,
  scene = "empty",
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  scene?: SceneName;
}) =>
  children || action ? (
    <div className="rounded-lg bg-sunken px-6 py-8 text-center contrast:border-2 contrast:border-line">
      <Scene name={scene} className="mx-auto h-28 w-auto max-w-full text-brand" />
      <p className="mt-4 text-4 font-semibold">{title}</p>
      {children ? <div className="mx-auto mt-1 max-w-measure text-muted">{children}</div> : null}
      {action ? <div className="mt-5">{action}</div> : null}
    </div>
  ) : (
    <p className="rounded-md border-2 border-dotted border-line-strong px-4 py-3 text-muted">{title}</p>
  );

type Tone = "info" | "done" | "wait" | "problem";
const SIGNS: Readonly<Record<Tone, IconName>> = {
  info: "info",
  done: "check",
  wait: "clock",
  problem: "warning",
};

/** A state in one or two words, with a sign beside its colour. */
export const Tag = ({ tone, sign, children }: { tone: Tone; sign?: IconName; children: ReactNode }) => (
  <span className={`tag tone-${tone}`}>
    <Icon name={sign ?? SIGNS[tone]} />
    {children}
  </span>
);

/** Something to know before going on. `live` announces it when it appears. */
export const Notice = ({
  tone = "info",
  children,
  live = false,
}: {
  tone?: Tone;
  children: ReactNode;
  live?: boolean;
}) => (
  <div
    role={live ? "status" : undefined}
    className={`flex gap-3 rounded-md border-l-4 border-current p-4 contrast:border-2 tone-${tone}`}
  >
    <Icon name={SIGNS[tone]} className="mt-[0.15em] size-[1.4em]" />
    <div className="min-w-0 flex-1 text-ink">{children}</div>
  </div>
);

/** Facts by name: side by side, the name never wider than its half; in elder size one below the other. */
export const Facts = ({ rows }: { rows: readonly (readonly [ReactNode, ReactNode])[] }) => (
  <dl className="grid grid-cols-[fit-content(45%)_1fr] gap-x-5 gap-y-2 sm:gap-x-8 elder:grid-cols-1 elder:gap-y-0">
    {rows.map(([name, value], index) => (
      <div key={index} className="contents">
        <dt className="py-0.5 text-2 text-muted">{name}</dt>
        <dd className="min-w-0 py-0.5 elder:mb-3">{value}</dd>
      </div>
    ))}
  </dl>
);
