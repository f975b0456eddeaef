import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { HOUSEHOLD_FACT_NAMES, MEMBER_FACT_NAMES } from "~/domain/rules/facts";
import type { householdSheet } from "~/domain/screening/queries.server";
import { memberPlacesOf, SPARE_ROWS } from "~/domain/screening/sheetForm";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { EditForm, type Filled } from "../primitives/EditForm";
import { CheckField, ChoiceField, type Reply, TextField } from "../primitives/Field";
import { FactFields } from "./FactFields";

type Sheet = Extract<Awaited<ReturnType<typeof householdSheet>>, { facts: unknown }>;
type Props = Readonly<{ sheet: Sheet; filled: Filled; reply: Reply | undefined }>;

/**
 * What was asked on a visit, as choices. What stays empty stays unknown; what is not touched stays as it is.
 */
export function FactsForm({ sheet, filled, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <EditForm filled={filled} reply={reply} className="grid gap-6">
      {(kept) => (
        <>
          <FactFields facts={HOUSEHOLD_FACT_NAMES} prefix="household" reply={kept} />
          <TextField
            name="household.householdSize"
            label={t("facts.householdSize")}
            hint={t("sheet.sizeHint")}
            inputMode="numeric"
            maxLength={8}
            optional
            reply={kept}
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
          <TextField
            name="household.incomePerHead"
            maxLength={2 * LENGTHS.amount}
            label={t("sheet.income")}
            hint={t("sheet.incomeHint")}
            inputMode="decimal"
            optional
            reply={kept}
          />
          <h3 className="text-4">{t("sheet.membersTitle")}</h3>
          {memberPlacesOf(kept.values).map((place, index) => (
            <PersonRow
              key={place}
              prefix={`members[${place}]`}
              title={t("sheet.member", { n: index + 1 })}
              isFirst={index === 0}
              isListed
              reply={kept}
            />
          ))}
          {Array.from({ length: SPARE_ROWS }, (_row, index) => (
            <PersonRow
              key={`new${index}`}
              prefix={`newMembers[${index}]`}
              title={t("sheet.addMember")}
              reply={kept}
            />
          ))}
          <CheckField name="membersComplete" label={t("sheet.complete")} reply={kept} />
          <details
            className="rounded-lg border-(length:--border) border-line bg-surface"
            open={sheet.received.length > 0 || isMarked(kept, "receives")}
          >
            <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">
              {t("sheet.receivesTitle")}
            </summary>
            <div className="p-4" lang={langOfWords(locale)}>
              <ChoiceField
                name="receives"
                label={t("sheet.receivesTitle")}
                many
                columns={2}
                options={sheet.choices.map((item) => ({ value: item.code, label: item.name }))}
                reply={kept}
              />
            </div>
          </details>
          <CheckField name="askedAgain" label={t("sheet.askedAgain")} reply={kept} />
          <Button>{t("sheet.save")}</Button>
        </>
      )}
    </EditForm>
  );
}

/** Whether anything under this name wants to be looked at. */
const isMarked = ({ errors, meanwhile }: Reply, prefix: string): boolean =>
  [...Object.keys(errors), ...Object.keys(meanwhile?.beside ?? {})].some((name) => name.startsWith(prefix));

type RowProps = Readonly<{
  prefix: string;
  title: string;
  isFirst?: boolean;
  isListed?: boolean;
  reply: Reply;
}>;

/** One person, folded unless first or to be looked at; a row that stays blank is nobody. */
function PersonRow({ prefix, title, isFirst = false, isListed = false, reply }: RowProps) {
  const t = useT();
  return (
    <details
      open={isFirst || isMarked(reply, `${prefix}.`)}
      className="rounded-lg border-(length:--border) border-line bg-surface"
    >
      <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">{title}</summary>
      <div className="grid gap-4 p-4">
        {isListed ? <input type="hidden" name={`${prefix}.listed`} value="yes" /> : null}
        <div className="grid items-end gap-4 sm:grid-cols-2 elder:grid-cols-1">
          <TextField
            name={`${prefix}.bornMonth`}
            label={t("sheet.bornMonth")}
            maxLength={7}
            optional
            reply={reply}
          />
          <TextField
            name={`${prefix}.ageYears`}
            label={t("sheet.orAge")}
            hint={t("sheet.ageHint")}
            maxLength={12}
            optional
            reply={reply}
          />
        </div>
        <FactFields facts={MEMBER_FACT_NAMES} prefix={prefix} reply={reply} />
        {isListed ? <CheckField name={`${prefix}.off`} label={t("sheet.takeOff")} reply={reply} /> : null}
      </div>
    </details>
  );
}
