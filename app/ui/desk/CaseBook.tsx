import { Form } from "@remix-run/react";
import type { Rule } from "~/domain/rules/rule";
import type { RuleCase } from "~/domain/rules/ruleShape";
import type { CaseResult } from "~/domain/rules/screen";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { Card, EmptyState, Section, Tag } from "../primitives/Page";
import { CaseForm } from "./CaseForm";
import { factsWords } from "./factsWords";

type Props = Readonly<{
  cases: readonly RuleCase[];
  results: readonly CaseResult[];
  edit?: Readonly<{ rule: Rule; version: number; today: Date; reply: Reply | undefined }>;
}>;

/**
 * The examples of a rule, each with what the rule says of it by the values of its day; a draft's can be added
 * to.
 */
export function CaseBook({ cases, results, edit }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("ruleDesk.cases")} id="cases">
      <p className="mb-4 text-muted">{t("ruleDesk.casesLead")}</p>
      {cases.length === 0 ? <EmptyState title={t("ruleDesk.noCases")} /> : null}
      <ol className="grid gap-3">
        {cases.map((example, index) => {
          const result = results[index];
          return (
            <li key={index}>
              <Card>
                <div className="flex flex-wrap items-start justify-between gap-2">
                  <h3 className="text-3 font-semibold" lang="zh-Hans">
                    {example.name}
                  </h3>
                  {result ? (
                    <Tag tone={result.passed ? "done" : "problem"}>
                      {t(result.passed ? "ruleDesk.passed" : "ruleDesk.failed")}
                    </Tag>
                  ) : null}
                </div>
                <ul className="mt-1 text-2">
                  {factsWords(example.facts, t, locale).map((words) => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
                <p className="mt-1 text-2 text-muted">
                  {example.valuesOn
                    ? t("ruleDesk.caseByDay", { day: example.valuesOn })
                    : t("ruleDesk.caseByToday")}
                </p>
                <p className="text-2 text-muted">
                  {t("ruleDesk.expected", { verdict: t(`ruleDesk.verdict_${example.expect}`) })}
                  {result && !result.passed
                    ? ` · ${t("ruleDesk.got", { verdict: t(`ruleDesk.verdict_${result.got}`) })}`
                    : ""}
                </p>
                {edit ? (
                  <Form method="post" className="mt-2">
                    <input type="hidden" name="intent" value="removeCase" />
                    <input type="hidden" name="version" value={edit.version} />
                    <input type="hidden" name="index" value={index} />
                    <Button look="quiet">
                      {t("ruleDesk.removeCase")}
                      <span className="sr-only"> {example.name}</span>
                    </Button>
                  </Form>
                ) : null}
              </Card>
            </li>
          );
        })}
      </ol>
      {edit ? <CaseForm key={`${edit.version}`} {...edit} /> : null}
    </Section>
  );
}
