import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";
import { useT } from "~/i18n/useT";

const SHUT =
  "inline-flex min-h-tap cursor-pointer items-center justify-center gap-2 rounded-md border-(length:--border) border-danger bg-surface px-5 py-2 text-3 font-semibold text-danger hover:bg-danger-soft list-none [&::-webkit-details-marker]:hidden";
const SMALL =
  "inline-flex min-h-tap cursor-pointer items-center gap-2 text-2 text-muted underline underline-offset-4 list-none [&::-webkit-details-marker]:hidden";
const SURE =
  "inline-flex min-h-tap cursor-pointer items-center justify-center rounded-md border-(length:--border) border-danger bg-danger px-5 py-2 text-3 font-semibold text-on-brand";

/**
 * The only way to an act that takes something away: its name opens what it does, and only then the button
 * that does it. Works without scripts, and asks once: Enter in a field of its form never does it.
 *
 * @param says what happens, and what cannot be had back
 * @param isSmall where it is not what the page is for
 */
export function AskFirst({
  label,
  says,
  isSmall = false,
  children,
  ...button
}: ButtonHTMLAttributes<HTMLButtonElement> &
  Readonly<{ label: ReactNode; says: ReactNode; isSmall?: boolean; children?: ReactNode }>) {
  const t = useT();
  const id = useId();
  return (
    <details className="group">
      <summary className={`${isSmall ? SMALL : SHUT} group-open:mb-3`}>{label}</summary>
      <div className="grid justify-items-start gap-3 rounded-md border-l-4 border-danger bg-danger-soft p-4 contrast:border-2">
        <p id={id} className="text-ink">
          {says}
        </p>
        {children}
        {/* Enter in a field presses the first button of its form. This one is it, unless there is another
            way on: it can never be pressed, and so nothing goes unasked. */}
        <button type="submit" name="unasked" disabled hidden />
        <button type="submit" {...button} aria-describedby={id} className={SURE}>
          {t("common.sure", { act: typeof label === "string" ? label : "" })}
        </button>
      </div>
    </details>
  );
}
