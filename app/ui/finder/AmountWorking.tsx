import type { Working } from "~/domain/rules/amount";
import { aside, count, money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";

/** A sum with its working, to be checked by hand. */
export function AmountWorking({ working }: { working: Working }) {
  const t = useT();
  const locale = useLocale();
  const yuan = (amountFen: number) => money(locale, BigInt(amountFen));
  const between = (leastFen: number, mostFen: number) =>
    leastFen === mostFen ? yuan(leastFen) : `${yuan(leastFen)}–${yuan(mostFen)}`;
  return (
    <p className="tabular mt-1 rounded-md bg-sunken px-3 py-2 text-2">
      {working.kind === "each_person"
        ? t("finder.eachPerson", {
            standard: yuan(working.ofFen),
            percent: count(locale, working.percent),
            each: yuan(working.eachFen),
            people: working.people,
            total: yuan(working.totalFen),
          })
        : t("finder.upToStandard", {
            standard: yuan(working.standardFen),
            income: between(working.incomeMinFen, working.incomeMaxFen),
            heads: working.heads,
            total: between(working.leastFen, working.mostFen),
          })}
      {working.kind === "each_person" && working.isOpen ? aside(locale, t("finder.unsureHowMany")) : ""}
      {working.kind === "each_person" && working.unsure > 0
        ? aside(locale, t("finder.unsure", { n: working.unsure }))
        : ""}
    </p>
  );
}
