import { type Answers, countOf, MOST_COUNTED, QUESTIONS } from "~/domain/finder/questions";
import type { Parameters } from "~/domain/rules/evaluate";
import { list } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Facts } from "../primitives/Page";
import { answerWords } from "./answerWords";

/** What somebody answered, question by question; what they left out is left out. */
export function AnswersShown({ answers, parameters }: { answers: Answers; parameters: Parameters }) {
  const t = useT();
  const locale = useLocale();
  const rows = QUESTIONS.flatMap((question) =>
    question.fields.flatMap((field) => {
      const given = answers[field.name];
      if (!given) return [];
      const words = given.map((option) => {
        const said = answers[countOf(option)]?.[0];
        const number = said === String(MOST_COUNTED) ? t("finder.orMore", { n: said }) : said;
        return (
          answerWords(field.name, option, { t, locale, parameters }) +
          (number === undefined ? "" : t("finder.counted", { n: number }))
        );
      });
      return [
        [
          `${t(`finder.q_${question.id}` as MessageKey)} ${t(`finder.f_${field.name}` as MessageKey)}`,
          list(locale, words),
        ] as const,
      ];
    }),
  );
  return rows.length > 0 ? <Facts rows={rows} /> : <p>{t("finder.nothingAnswered")}</p>;
}
