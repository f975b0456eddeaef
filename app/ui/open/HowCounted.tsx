import type { ReactNode } from "react";
import { useT } from "~/i18n/useT";

/** What a figure is made of, folded below it. */
export function HowCounted({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <details className="mt-1">
      <summary className="min-h-tap w-fit gap-2 text-2 text-brand">
        <span className="underline underline-offset-4">{t("open.how")}</span>
      </summary>
      <div className="max-w-measure pb-2 text-2 text-muted">{children}</div>
    </details>
  );
}
