import type { ReactNode } from "react";
import type { Answers } from "~/domain/finder/questions";
import { type Result, totalOf } from "~/domain/finder/results";
import type { Parameters } from "~/domain/rules/evaluate";
import { ruleWords } from "~/domain/rules/ruleWords";
import { aside, count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Card, Section, Tag } from "../primitives/Page";
import { AmountWorking } from "./AmountWorking";
import { ItemLink } from "./ItemLink";
import { Undecided } from "./Undecided";

export type ShownResults = Readonly<{
  results: readonly Result[];
  answers: Answers;
  parameters: Parameters;
  toQuestion: (n: number, label: string) => ReactNode;
}>;
type Verdict = Result["verdict"];

const FOLDED: readonly Verdict[] = ["not", "ask", "everyone"];
const WHY = { likely: "finder.because", not: "finder.missing" } as const;

/** What came out, best first: with its reason in words for every item, and the sums with their working. */
export function Results({ results, answers, parameters, toQuestion }: ShownResults) {
  const t = useT();
  const locale = useLocale();
  const of = (verdict: Verdict) => results.filter((result) => result.verdict === verdict);
  const { leastFen, mostFen } = totalOf(results);
  const yuan = (amountFen: number) => money(locale, BigInt(amountFen));
  const list = (verdict: Verdict) => (
    <ul className="grid gap-3">
      {of(verdict).map((result) => (
        <li key={result.item.code}>
          <ResultCard result={result} parameters={parameters} />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {mostFen === null || mostFen > 0 ? (
        <div className="mb-6 rounded-lg bg-jade-soft p-5 contrast:border-2">
          <p className="font-semibold">{t("finder.sumTitle")}</p>
          <p className="tabular text-6 font-bold text-jade">
            {mostFen === null
              ? t("finder.sumAtLeast", { sum: yuan(leastFen) })
              : leastFen === mostFen
                ? t("finder.sumExact", { sum: yuan(leastFen) })
                : t("finder.sumBetween", { least: yuan(leastFen), most: yuan(mostFen) })}
          </p>
        </div>
      ) : null}
      <Section title={t("finder.likely") + aside(locale, count(locale, of("likely").length))}>
        {of("likely").length > 0 ? list("likely") : <p>{t("finder.likelyNone")}</p>}
      </Section>
      {of("maybe").length > 0 ? (
        <Section title={t("finder.maybe") + aside(locale, count(locale, of("maybe").length))}>
          <Undecided results={results} answers={answers} parameters={parameters} toQuestion={toQuestion} />
        </Section>
      ) : null}
      {FOLDED.filter((verdict) => of(verdict).length > 0).map((verdict) => (
        <details
          key={verdict}
          className="open-in-print mt-6 rounded-lg border-(length:--border) border-line bg-surface"
        >
          <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">
            {t(`finder.${verdict}`) + aside(locale, count(locale, of(verdict).length))}
          </summary>
          <div className="p-4">{list(verdict)}</div>
        </details>
      ))}
    </>
  );
}

function ResultCard({ result, parameters }: Readonly<{ result: Result; parameters: Parameters }>) {
  const t = useT();
  const locale = useLocale();
  const { item, verdict, part } = result;
  const why = verdict === "likely" || verdict === "not" ? WHY[verdict] : undefined;
  return (
    <Card>
      <p className="flex flex-wrap items-center gap-2 text-1 text-muted">
        {t(`lists.${item.list}`)}
        {verdict === "likely" ? <Tag tone="done">{t("finder.likely")}</Tag> : null}
      </p>
      <h3 className="text-4">
        <ItemLink item={item} />
      </h3>
      {why && part ? (
        <p className="text-2">{t(why, { what: ruleWords(part, { t, locale, parameters }) })}</p>
      ) : null}
      {result.working ? <AmountWorking working={result.working} /> : null}
    </Card>
  );
}
