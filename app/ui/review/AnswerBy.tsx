import { day } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";

/** Until when whoever filed a need has a word on it; or that it is late, and was brought before the city. */
export function AnswerBy({
  need,
}: {
  need: Readonly<{ reviewDueAt: Date | null; escalatedAt: Date | null }>;
}) {
  const t = useT();
  const locale = useLocale();
  if (need.reviewDueAt === null) return null;
  return (
    <p className="mb-4">
      {t(need.escalatedAt ? "review.answerLate" : "review.answerBy", { day: day(locale, need.reviewDueAt) })}
    </p>
  );
}
