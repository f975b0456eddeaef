import type { BenefitAmount } from "~/domain/rules/amount";
import type { Parameters } from "~/domain/rules/evaluate";
import type { RuleBody } from "~/domain/rules/ruleShape";
import { useT } from "~/i18n/useT";
import { EachWorking } from "../lists/EachWorking";
import { useRuleSay } from "./ruleSay";

/** An edition read as one sentence, with the amount it leads to. */
export function RuleShown({ body, parameters }: { body: RuleBody; parameters: Parameters }) {
  const t = useT();
  const say = useRuleSay();
  if (body.kind !== "rule")
    return <p className="text-4">{t(body.kind === "everyone" ? "ruleDesk.everyone" : "ruleDesk.ask")}</p>;
  return (
    <>
      <p className="max-w-measure text-4">{say.sentence(body.rule)}</p>
      {body.amount ? <AmountShown amount={body.amount} parameters={parameters} /> : null}
    </>
  );
}

/** Whom an amount is for and what it follows from, then its working for one person by the values of today. */
function AmountShown({ amount, parameters }: { amount: BenefitAmount; parameters: Parameters }) {
  const t = useT();
  const say = useRuleSay();
  const named = (code: keyof Parameters) => t(`desk.parameter_${code}`);
  return (
    <div className="mt-3 grid max-w-measure gap-1 rounded-md bg-sunken px-4 py-3">
      {amount.kind === "up_to_standard" ? (
        <p>{t("ruleDesk.amountUpTo", { standard: named(amount.standard) })}</p>
      ) : (
        <>
          <p>
            {t("ruleDesk.amountEach", {
              of: named(amount.of),
              percent: named(amount.percent),
              who: say.sentence(amount.who),
            })}
          </p>
          {amount.wholeFamily ? (
            <p>{t("ruleDesk.amountFamily", { what: say.sentence(amount.wholeFamily) })}</p>
          ) : null}
        </>
      )}
      <div className="tabular text-2">
        <EachWorking amount={amount} parameters={parameters} />
      </div>
    </div>
  );
}
