import { incomeBands, incomeLines } from "~/domain/finder/answeredFacts";
import { yuanText } from "~/domain/kernel/money";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { spanText } from "~/domain/screening/spans";
import { HOUSEHOLD_PARTS } from "~/domain/screening/visitQuestions";
import { money } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { TextField } from "../primitives/Field";
import { QuickFill } from "./QuickFill";
import { isAnswered, isMarked, useVisit } from "./visit";
import { VisitFold } from "./VisitPart";

/** The home as a whole: what it is recognised as, what it lives on, what happened to it. */
export function HomePart({ next }: { next: string }) {
  const t = useT();
  return (
    <VisitFold
      row="household"
      title={t("sheet.household")}
      isFirst
      parts={HOUSEHOLD_PARTS}
      next={next}
      end={<Income />}
    />
  );
}

/** Asked only where it can still change something: who is recognised as poor has proved it. */
function Income() {
  const t = useT();
  const locale = useLocale();
  const { kept, isOpen, asking } = useVisit();
  const [total, perHead] = ["household.incomeTotal", "household.incomePerHead"];
  const isAsked =
    isOpen("household", "incomePerHeadFen") ||
    isOpen("household", "incomeTotalFen") ||
    [total, perHead].some((name) => name && (isAnswered(kept, name) || isMarked(kept, name)));
  if (!isAsked) return null;
  const { standardFen, marginFen } = incomeLines(asking.parameters);
  const yuan = (fen: number) => money(locale, BigInt(fen));
  return (
    <div className="grid gap-3">
      <TextField
        name="household.incomePerHead"
        maxLength={2 * LENGTHS.amount}
        label={t("sheet.income")}
        hint={t("sheet.incomeHint")}
        inputMode="decimal"
        optional
        reply={kept}
      />
      <QuickFill
        name="household.incomePerHead"
        label={t("sheet.income")}
        options={incomeBands(asking.parameters).map(([band, span]) => ({
          typed: spanText(span, (fen) => yuanText(BigInt(fen))),
          label: t(`finder.income_${band}` as MessageKey, {
            standard: yuan(standardFen),
            margin: yuan(marginFen),
          }),
        }))}
      />
      <TextField
        name="household.incomeTotal"
        maxLength={2 * LENGTHS.amount}
        label={t("sheet.incomeTotal")}
        hint={t("sheet.incomeTotalHint")}
        inputMode="decimal"
        optional
        reply={kept}
      />
    </div>
  );
}
