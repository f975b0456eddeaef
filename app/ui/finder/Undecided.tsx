import { QUESTIONS, questionsOf } from "~/domain/finder/questions";
import { undecidedByQuestion } from "~/domain/finder/results";
import { ruleWords } from "~/domain/rules/ruleWords";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { ItemLink } from "./ItemLink";
import type { ShownResults } from "./Results";

/**
 * What is not certain yet, folded by the question that decides it: dozens of items, and one answer settles
 * many.
 */
export function Undecided({ results, answers, parameters, toQuestion }: ShownResults) {
  const t = useT();
  const locale = useLocale();
  const asked = (n: number) => t(`finder.q_${QUESTIONS[n - 1]?.id ?? ""}` as MessageKey);
  return (
    <>
      <p className="mb-3 text-2 text-muted">{t("finder.maybeLead")}</p>
      <ul className="grid gap-3">
        {undecidedByQuestion(results, answers).map(({ question, results: open }) => (
          <li key={question}>
            <details className="open-in-print rounded-lg border-(length:--border) border-line bg-surface shadow-card">
              <summary className="flex min-h-tap gap-2 px-4 py-2">
                <span>
                  <span className="block text-1 text-muted">{t("finder.settles", { n: open.length })}</span>
                  <span className="block font-semibold">
                    {question === "several"
                      ? t("finder.severalQuestions")
                      : question === "others"
                        ? t("finder.othersAtHome")
                        : asked(question)}
                  </span>
                </span>
              </summary>
              <div className="px-4 pb-4">
                {typeof question !== "number" ? null : (
                  <p className="no-print">
                    {toQuestion(question, t("finder.answerQuestion", { n: question }))}
                  </p>
                )}
                <ul className="divide-y divide-line">
                  {open.map(({ item, part, missing }) => (
                    <li key={item.code} className="py-2">
                      <h3 className="text-3">
                        <ItemLink item={item} />
                      </h3>
                      {part ? (
                        <p className="text-2">
                          {t("finder.decides", { what: ruleWords(part, { t, locale, parameters }) })}
                        </p>
                      ) : null}
                      {question === "several" ? (
                        <p className="no-print flex flex-wrap gap-x-4">
                          {questionsOf(missing, answers).map((n) =>
                            toQuestion(n, t("finder.answerQuestion", { n })),
                          )}
                        </p>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
