import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { KnownHousehold } from "~/domain/needs/knownHousehold.server";
import { OVER_CAP_REASONS } from "~/domain/needs/overCapReasons";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { CheckField, SelectField, TextField, type Reply } from "../primitives/Field";
import { MomentField } from "../primitives/MomentField";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { ConsentFields } from "./ConsentFields";
import { KnownPart, WhoPart } from "./WhoPart";

type Names = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  /** The household where it is on record: nothing of it is asked again. */
  known?: KnownHousehold | undefined;
  names: { towns: readonly Names[]; kinds: readonly Names[]; groups: readonly Names[]; units: readonly Names[] };
  townCodes: readonly string[];
  now: string;
  requestKey: string;
  reply: Reply | undefined;
  values: Reply["values"];
}>;

/** One wish as a caseworker files it on a phone: who, what, consents. What was typed is never lost. */
export function WishForm({ known, names, townCodes, now, requestKey, reply, values }: Props) {
  const t = useT();
  const locale = useLocale();
  const kept: Reply = reply ?? { values, errors: {}, formErrors: [] };
  const named = (rows: readonly Names[]) => rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const worded = (prefix: string, codes: readonly string[]) => codes.map((code) => ({ value: code, label: t(`${prefix}_${code}` as MessageKey) }));
  const field = (name: string, label: MessageKey, rest: Partial<Parameters<typeof TextField>[0]> = {}) => <TextField name={name} label={t(label)} reply={kept} {...rest} />;
  return (
    <Form method="post" className="grid gap-10">
      <FormErrors reply={reply} />
      <RequestKey value={requestKey} reply={reply} />
      {known ? <KnownPart known={known} towns={names.towns} /> : <WhoPart names={names} townCodes={townCodes} reply={kept} />}
      <fieldset className="grid gap-5">
        <legend className="mb-2 text-5 font-bold">2. {t("intake.partWhat")}</legend>
        {field("title", "intake.title", { maxLength: LENGTHS.title, hint: t("intake.titleHint") })}
        {field("story", "intake.story", { rows: 4, maxLength: LENGTHS.story, hint: t("intake.storyHint") })}
        {field("pseudonym", "intake.pseudonym", { maxLength: LENGTHS.pseudonym, optional: true, hint: t("intake.pseudonymHint") })}
        <SelectField name="lines[0].objectKind" label={t("intake.objectKind")} empty="" options={named(names.kinds)} reply={kept} />
        {field("lines[0].item", "intake.item", { maxLength: LENGTHS.item, hint: t("intake.itemHint") })}
        {field("lines[0].details", "intake.details", { maxLength: LENGTHS.details, optional: true, hint: t("intake.detailsHint") })}
        <div className="grid gap-5 sm:grid-cols-3">
          {field("lines[0].quantity", "common.quantity", { maxLength: LENGTHS.number, inputMode: "numeric", defaultValue: "1" })}
          <SelectField name="lines[0].unitCode" label={t("intake.unit")} options={named(names.units)} defaultValue="piece" reply={kept} />
          {field("lines[0].unitPriceFen", "intake.unitPrice", { maxLength: LENGTHS.amount, inputMode: "decimal" })}
        </div>
        <SelectField name="overCapReason" label={t("intake.overCapReason")} optional empty="" options={worded("intake.over", OVER_CAP_REASONS)} reply={kept} />
        {field("wantedBy", "intake.wantedBy", { type: "datetime-local", optional: true })}
      </fieldset>
      <fieldset className="grid gap-5">
        <legend className="mb-2 text-5 font-bold">3. {t("intake.partConsent")}</legend>
        <MomentField name="visitedAt" label={t("intake.visitedAt")} now={now} value={typeof values["visitedAt"] === "string" ? values["visitedAt"] : now} reply={kept} />
        <ConsentFields held={known?.consents ?? []} optional={known !== undefined} reply={kept} />
        <CheckField name="entitlementsChecked" label={t("intake.entitlementsChecked")} hint={t("intake.entitlementsHint")} reply={kept} />
      </fieldset>
      <Button wide>{t("intake.saveDraft")}</Button>
    </Form>
  );
}
