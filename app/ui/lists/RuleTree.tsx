import type { Parameters } from "~/domain/rules/evaluate";
import { type AnyRule, partsOf } from "~/domain/rules/rule";
import { ruleWords } from "~/domain/rules/ruleWords";
import { useLocale, useT } from "~/i18n/useT";

const HEADS = { all: "lists.allOf", any: "lists.anyOf", some: "lists.someOf", not: "lists.noneOf" } as const;

const headOf = (rule: AnyRule) =>
  "all" in rule ? HEADS.all : "any" in rule ? HEADS.any : "some" in rule ? HEADS.some : HEADS.not;
/**
 * Rules without further parts inside are one sentence; what is nested becomes a list, since brackets are hard
 * to read.
 */
const isPlain = (rule: AnyRule): boolean =>
  "fact" in rule ||
  "ask" in rule ||
  (partsOf(rule).length === 1 && partsOf(rule).every((part) => "fact" in part));

/** A rule as a list to go through point by point. */
export function RuleTree({ rule, parameters }: { rule: AnyRule; parameters: Parameters }) {
  const t = useT();
  const locale = useLocale();
  if (isPlain(rule)) return <p>{ruleWords(rule, { t, locale, parameters })}</p>;
  return (
    <div>
      <p className="font-semibold">{t(headOf(rule))}</p>
      <ul className="mt-1 list-disc space-y-1 pl-6">
        {partsOf(rule).map((part, index) => (
          <li key={index}>
            <RuleTree rule={part} parameters={parameters} />
          </li>
        ))}
      </ul>
    </div>
  );
}
