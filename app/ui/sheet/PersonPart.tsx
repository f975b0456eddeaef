import { OTHERS } from "~/domain/finder/questions";
import { spanText } from "~/domain/screening/spans";
import { PERSON_PARTS } from "~/domain/screening/visitQuestions";
import { useT } from "~/i18n/useT";
import { CheckField, TextField } from "../primitives/Field";
import { QuickFill } from "./QuickFill";
import { useVisit } from "./visit";
import { VisitFold } from "./VisitPart";

const AGES = Object.values(OTHERS).map((span) => ({
  typed: spanText(span),
  label:
    span.max === null ? `${spanText({ min: span.min, max: span.min })}+` : spanText(span).replace("-", "–"),
}));

type Props = Readonly<{
  row: string;
  title: string;
  next?: string | undefined;
  isFirst?: boolean;
  /** Somebody who was on the form when it was opened, and can be taken off it. */
  isListed?: boolean;
}>;

/**
 * One person: age and sex first, since what else is asked hangs on them. A row that stays blank is nobody.
 */
export function PersonPart({ row, isListed = false, title, ...fold }: Props) {
  const t = useT();
  const { kept } = useVisit();
  const [age, month] = [kept.values[`${row}.ageYears`], kept.values[`${row}.bornMonth`]];
  const known = [age || month].flat();
  const [sex] = [kept.values[`${row}.sex`]].flat();
  return (
    <VisitFold
      {...fold}
      row={row}
      parts={PERSON_PARTS}
      title={[title, known[0], sex === "male" || sex === "female" ? t(`facts.sex_${sex}`) : ""]
        .filter(Boolean)
        .join(" · ")}
      end={isListed ? <CheckField name={`${row}.off`} label={t("sheet.takeOff")} reply={kept} /> : null}
    >
      {isListed ? <input type="hidden" name={`${row}.listed`} value="yes" /> : null}
      <div className="grid gap-3">
        <div className="grid grid-cols-2 items-end gap-3 elder:grid-cols-1">
          <TextField
            name={`${row}.ageYears`}
            label={t("sheet.age")}
            inputMode="numeric"
            maxLength={12}
            reply={kept}
          />
          <TextField
            name={`${row}.bornMonth`}
            label={t("sheet.orMonth")}
            maxLength={7}
            optional
            reply={kept}
          />
        </div>
        <QuickFill name={`${row}.ageYears`} label={t("sheet.ageAbout")} options={AGES} />
        <p className="text-2 text-muted">{t("sheet.ageHint")}</p>
      </div>
    </VisitFold>
  );
}
