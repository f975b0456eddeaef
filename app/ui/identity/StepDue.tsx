import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Notice } from "../primitives/Page";

/** By when whoever works here has to switch the second step on, or that it is time. */
export function StepDue({ due }: { due: Readonly<{ at: Date; isOver: boolean }> | undefined }) {
  const t = useT();
  const locale = useLocale();
  if (!due) return null;
  return (
    <div className="mb-5">
      <Notice tone="wait">
        {due.isOver ? t("account.stepNeeded") : t("account.stepSoon", { day: day(locale, due.at) })}
      </Notice>
    </div>
  );
}
