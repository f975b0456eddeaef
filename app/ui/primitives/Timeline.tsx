import type { ReactNode } from "react";

export type TimelineStep = Readonly<{ key: string; state: "done" | "now" | "next"; title: ReactNode; when?: ReactNode; who?: ReactNode; detail?: ReactNode }>;

const DOTS = { done: "bg-jade border-jade", now: "bg-brand border-brand", next: "bg-surface border-line-strong" } as const;

/** What happened, when and by what role, in order; what comes next is hollow. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol className="ml-2 border-l-2 border-line">
      {steps.map((step) => (
        <li key={step.key} className="relative pb-5 pl-6 last:pb-0">
          <span aria-hidden="true" className={`absolute top-1.5 -left-[9px] size-4 rounded-full border-2 ${DOTS[step.state]}`} />
          <p className={`font-semibold ${step.state === "next" ? "text-muted" : ""}`}>{step.title}</p>
          {step.when || step.who ? (
            <p className="text-2 text-muted">
              {step.when}
              {step.when && step.who ? " · " : null}
              {step.who}
            </p>
          ) : null}
          {step.detail ? <div className="mt-1 text-2">{step.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}
