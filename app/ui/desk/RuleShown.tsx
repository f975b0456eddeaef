import type { RuleBody } from "~/domain/directory/rules/ruleShape";
import type { Parameters } from "~/domain/directory/rules/evaluate";
import { useLocale, useT } from "~/i18n/useT";
import { useRuleSay } from "./ruleSay";
import { valueWords } from "./valueWords";

/** An edition read as one sentence, with the amount it leads to. */
export function RuleShown({ body, parameters }: { body: RuleBody; parameters: Parameters }) {
  const t = useT();
  const locale = useLocale();
  const say = useRuleSay();
  if (body.kind !== "rule") return <p className="text-4">{t(body.kind === "everyone" ? "ruleDesk.everyone" : "ruleDesk.ask")}</p>;
  const { amount } = body;
  return (
    <>
      <p className="max-w-measure text-4">{say.sentence(body.rule)}</p>
      {amount?.kind === "up_to_standard" ? (
        <p className="mt-2 text-muted">{t("ruleDesk.amount_up_to_standard", { standard: valueWords(t, locale, amount.standard, parameters[amount.standard]) })}</p>
      ) : null}
      {amount?.kind === "each_person" ? (
        <p className="mt-2 text-muted">{t("ruleDesk.amount_each_person", { of: t(`desk.parameter_${amount.of}`), percent: parameters[amount.percent] })}</p>
      ) : null}
    </>
  );
}
