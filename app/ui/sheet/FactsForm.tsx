import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { householdSheet } from "~/domain/directory/screening/queries.server";
import { HOUSEHOLD_FACTS, MEMBER_FACTS } from "~/domain/directory/rules/facts";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CheckField, ChoiceField, TextField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { FactFields } from "./FactFields";

type Sheet = Extract<Awaited<ReturnType<typeof householdSheet>>, { facts: unknown }>;
/** Room for so many more people than are listed: a form without scripts cannot grow. */
const SPARE = 2;

/** A number to be changed, where it is known exactly; in units of so many. */
const exactly = (min: number | null, max: number | null, unit = 1): string => (min !== null && min === max ? String(min / unit) : "");

/** What was asked on a visit, as choices. What stays empty stays unknown. */
export function FactsForm({ sheet, reply }: { sheet: Sheet; reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  const { row, members } = sheet.facts;
  const exact = row.incomePerHeadMinFen !== null && row.incomePerHeadMinFen === row.incomePerHeadMaxFen ? String(row.incomePerHeadMinFen / 100) : "";
  const people = Array.from({ length: Math.min(12, members.length + SPARE) }, (_unused, index) => members[index]);
  return (
    <Form method="post" className="grid gap-6">
      <FormErrors reply={reply} />
      <FactFields facts={HOUSEHOLD_FACTS} prefix="household" known={row} reply={reply} />
      <TextField
        name="household.householdSize"
        label={t("facts.householdSize")}
        hint={t("sheet.sizeHint")}
        inputMode="numeric"
        maxLength={2}
        defaultValue={row.membersComplete ? "" : exactly(row.householdSizeMin, row.householdSizeMax)}
        optional
        reply={reply}
      />
      <TextField
        name="household.incomeTotal"
        maxLength={LENGTHS.amount}
        label={t("sheet.incomeTotal")}
        hint={t("sheet.incomeTotalHint")}
        inputMode="decimal"
        defaultValue={exactly(row.incomeTotalMinFen, row.incomeTotalMaxFen, 100)}
        optional
        reply={reply}
      />
      <TextField name="household.incomePerHead" maxLength={LENGTHS.amount} label={t("sheet.income")} inputMode="decimal" defaultValue={exact} optional reply={reply} />
      <h3 className="text-4">{t("sheet.membersTitle")}</h3>
      {people.map((member, index) => {
        const prefix = `members[${index}]`;
        const month = member?.bornFrom?.slice(0, 7);
        return (
          <details key={index} open={index === 0} className="rounded-lg border-(length:--border) border-line bg-surface">
            <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">
              {index < members.length ? t("sheet.member", { n: index + 1 }) : t("sheet.addMember")}
            </summary>
            <div className="grid gap-4 p-4">
              <div className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
                <TextField
                  name={`${prefix}.bornMonth`}
                  label={t("sheet.bornMonth")}
                  maxLength={LENGTHS.month}
                  defaultValue={month !== undefined && month === member?.bornTo?.slice(0, 7) ? month : ""}
                  optional
                  reply={reply}
                />
                <TextField name={`${prefix}.ageYears`} label={t("sheet.orAge")} inputMode="numeric" maxLength={LENGTHS.years} optional reply={reply} />
              </div>
              <FactFields facts={MEMBER_FACTS} prefix={prefix} known={member ?? {}} reply={reply} />
            </div>
          </details>
        );
      })}
      <CheckField name="membersComplete" label={t("sheet.complete")} defaultChecked={row.membersComplete} reply={reply} />
      <details className="rounded-lg border-(length:--border) border-line bg-surface" open={sheet.received.length > 0}>
        <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">{t("sheet.receivesTitle")}</summary>
        <div className="p-4" lang={langOfWords(locale)}>
          <ChoiceField
            name="receives"
            label={t("sheet.receivesTitle")}
            many
            columns={2}
            defaultValue={sheet.received.map((item) => item.code)}
            options={sheet.choices.map((item) => ({ value: item.code, label: item.name }))}
            reply={reply}
          />
        </div>
      </details>
      <Button>{t("sheet.save")}</Button>
    </Form>
  );
}
