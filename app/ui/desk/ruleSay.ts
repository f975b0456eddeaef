import { createContext, useContext } from "react";
import { amountChoices, choiceOfAmount } from "~/domain/lists/desk/amountChoice";
import type { Parameters } from "~/domain/rules/evaluate";
import { unitOf } from "~/domain/rules/facts";
import type { AnyRule } from "~/domain/rules/rule";
import { leafWords, ruleWords } from "~/domain/rules/ruleWords";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";

const Values = createContext<Parameters | undefined>(undefined);
/** Gives the parts of a rule below it the dated values of today, to be read as sentences. */
export const ValuesOfToday = Values.Provider;

/** How rules are said on this page: as whole sentences, or part by part. */
export function useRuleSay() {
  const t = useT();
  const locale = useLocale();
  const parameters = useContext(Values);
  if (!parameters) throw new Error("no dated values above this part of a rule");
  const say = { t, locale, parameters };
  return {
    sentence: (rule: AnyRule) => ruleWords(rule, say),
    /** A part by itself: a comparison whole, anything else by what it does with the parts below it. */
    part: (part: AnyRule): string => {
      if ("fact" in part) return leafWords(part, say, false) + byValue(part, t);
      if ("ask" in part) return t("facts.ask");
      const kind = (["all", "any", "not", "some"] as const).find((word) => word in part) ?? "all";
      return t(`ruleDesk.part_${kind}`);
    },
  };
}

/** Names the dated value that a comparison uses, since the sentence says only what it comes to today. */
function byValue(leaf: Extract<AnyRule, { fact: string }>, t: Translate): string {
  if (!("compare" in leaf) || typeof leaf.to === "number") return "";
  const unit = unitOf(leaf.fact);
  const { value, typed } = choiceOfAmount(unit, leaf.to);
  const choice = amountChoices(unit).find((one) => one.value === value);
  if (!choice?.parameter) return "";
  const name = t(`desk.parameter_${choice.parameter}`);
  if (choice.percent === undefined) return t("ruleDesk.byValue", { name });
  return t("ruleDesk.byValue", {
    name:
      choice.percent === "typed"
        ? `${name} × ${typed}%`
        : `${name} × ${t(`desk.parameter_${choice.percent}`)}`,
  });
}
