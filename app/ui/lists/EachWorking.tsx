import { type BenefitAmount, eachPart } from "~/domain/rules/amount";
import type { Parameters } from "~/domain/rules/evaluate";
import { count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";

/** How the amount of one person comes about, to be checked by hand. Words are those of `lists`. */
export function EachWorking({ amount, parameters }: { amount: BenefitAmount; parameters: Parameters }) {
  const t = useT();
  const locale = useLocale();
  const yuan = (amountFen: number) => money(locale, BigInt(Math.round(amountFen)));
  if (amount.kind === "up_to_standard")
    return <p>{t("lists.upToStandard", { standard: yuan(parameters[amount.standard]) })}</p>;
  const each = eachPart(amount, parameters);
  return (
    <p>
      {t("lists.eachPerson", {
        standard: yuan(each.ofFen),
        percent: count(locale, each.percent),
        exact: yuan(each.exactFen),
        each: yuan(each.eachFen),
      })}
    </p>
  );
}
