import type { ReactNode } from "react";
import { Icon } from "../icons/Icon";

export type TimelineStep = Readonly<{
  key: string;
  state: "done" | "now" | "next";
  title: ReactNode;
  when?: ReactNode;
  who?: ReactNode;
  detail?: ReactNode;
}>;

const DOTS = {
  done: "bg-jade border-jade text-surface",
  now: "bg-brand border-brand text-surface",
  next: "bg-surface border-line-strong",
} as const;
const ROAD = {
  done: "border-jade",
  now: "border-dotted border-line-strong",
  next: "border-dotted border-line-strong",
} as const;

/** What happened, when and by what role, in order; the way still to go is dotted. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol>
      {steps.map((step, index) => (
        <li
          key={step.key}
          className="relative pb-6 pl-10 last:pb-0"
          aria-current={step.state === "now" ? "step" : undefined}
        >
          {index < steps.length - 1 ? (
            <span
              aria-hidden="true"
              className={`absolute top-7 bottom-0 left-[0.6875rem] border-l-2 ${ROAD[step.state]}`}
            />
          ) : null}
          <span
            aria-hidden="true"
            className={`absolute top-0.5 left-0 grid size-6 place-items-center rounded-full border-2 ${DOTS[step.state]}`}
          >
            {step.state === "done" ? <Icon name="check" className="size-4" /> : null}
            {step.state === "now" ? <span className="size-2 rounded-full bg-surface" /> : null}
          </span>
          <p className={`font-semibold ${step.state === "next" ? "text-muted" : ""}`}>{step.title}</p>
          {step.when || step.who ? (
            <p className="tabular text-2 text-muted">
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
