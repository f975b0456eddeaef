import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";

/**
 * Where one is in a task of a few pages: done steps are ticked, the way still to go is dotted. `now` counts
 * from 1.
 */
export function Stepper({ steps, now }: { steps: readonly string[]; now: number }) {
  const t = useT();
  return (
    <ol
      aria-label={t("common.steps", { n: now, of: steps.length })}
      className="no-print mb-6 flex elder:grid elder:gap-2"
    >
      {steps.map((step, index) => {
        const place = index + 1;
        const tone =
          place < now
            ? "border-jade bg-jade text-surface"
            : place === now
              ? "border-brand bg-brand text-on-brand"
              : "border-line-strong bg-surface text-muted";
        return (
          <li
            key={step}
            aria-current={place === now ? "step" : undefined}
            className="relative flex-1 text-center text-2 elder:flex elder:items-center elder:gap-3 elder:text-left"
          >
            {place > 1 ? (
              <span
                aria-hidden="true"
                className={`absolute top-3.5 right-1/2 mr-5 w-[calc(100%-2.5rem)] border-t-2 elder:hidden ${place <= now ? "border-jade" : "border-dotted border-line-strong"}`}
              />
            ) : null}
            <span
              aria-hidden="true"
              className={`tabular mx-auto grid size-8 shrink-0 place-items-center rounded-full border-2 text-2 leading-none font-bold elder:mx-0 ${tone}`}
            >
              {place < now ? <Icon name="check" className="size-4" /> : place}
            </span>
            <span className={`mt-1 block elder:mt-0 ${place === now ? "font-bold" : "text-muted"}`}>
              {step}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
