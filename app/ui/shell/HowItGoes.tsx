import { useT } from "~/i18n/useT";

const STEPS = ["home.how1", "home.how2", "home.how3", "home.how4"] as const;

/** How a gift travels, in four sentences on one dotted way. */
export function HowItGoes() {
  const t = useT();
  return (
    <ol className="grid gap-6 sm:grid-cols-4 sm:gap-4 elder:grid-cols-1">
      {STEPS.map((step, index) => (
        <li key={step} className="relative flex gap-4 sm:block elder:flex">
          {index < STEPS.length - 1 ? (
            <span
              aria-hidden="true"
              className="absolute top-11 -bottom-5 left-5 border-l-2 border-dotted border-line-strong sm:top-5 sm:right-0 sm:bottom-auto sm:left-13 sm:border-t-2 sm:border-l-0 elder:hidden"
            />
          ) : null}
          <span
            aria-hidden="true"
            className="tabular grid size-10 shrink-0 place-items-center rounded-full border-2 border-brand bg-surface text-4 leading-none font-bold text-brand"
          >
            {index + 1}
          </span>
          <span className="block sm:mt-3 sm:pr-4 elder:mt-0">{t(step)}</span>
        </li>
      ))}
    </ol>
  );
}
