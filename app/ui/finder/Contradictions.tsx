import type { Contradiction } from "~/domain/finder/readAnswers";
import type { Parameters } from "~/domain/rules/evaluate";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Notice } from "../primitives/Page";
import { answerWords } from "./answerWords";

/** Answers that cannot both be true, and which of them was left out. */
export function Contradictions({
  contradictions,
  parameters,
}: {
  contradictions: readonly Contradiction[];
  parameters: Parameters;
}) {
  const t = useT();
  const locale = useLocale();
  return contradictions.map(({ field, dropped }) => (
    <Notice key={`${field} ${dropped}`} tone="wait">
      {t("finder.contradiction", {
        field: t(`finder.f_${field}` as MessageKey),
        option: answerWords(field, dropped, { t, locale, parameters }),
      })}
    </Notice>
  ));
}
