import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { KnownHousehold } from "~/domain/needs/knownHousehold.server";
import { USUAL_UNIT } from "~/domain/needs/thingRows";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { OVER_CAP_REASONS } from "~db/schema/needVocabulary";
import { Button } from "../primitives/Button";
import { CheckField, type FieldLook, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { ConsentFields } from "./ConsentFields";
import { KnownPart, WhoPart } from "./WhoPart";

type Names = Readonly<{ code: string; nameHans: string; nameHant: string; nameEn: string }>;
type FieldsProps = Readonly<{
  /** The household where it is on record: nothing of it is asked again. */
  known?: KnownHousehold | undefined;
  names: {
    towns: readonly Names[];
    kinds: readonly Names[];
    groups: readonly Names[];
    units: readonly Names[];
  };
  townCodes: readonly string[];
  now: string;
  requestKey: string;
}>;

/** A new wish as a caseworker files it on a phone. */
export const WishForm = ({ reply, ...fields }: FieldsProps & Readonly<{ reply: Reply | undefined }>) => (
  <Form method="post" className="grid gap-10">
    <FormErrors reply={reply} />
    <WishFields {...fields} kept={reply ?? { values: {}, errors: {}, formErrors: [] }} />
  </Form>
);

/** The things of a wish that the form shows: those that are there, and one to begin with. */
const linesOf = ({ values }: Reply): number[] => {
  const shown = Object.keys(values).flatMap((name) => /^lines\[(\d)\]/.exec(name)?.[1] ?? []);
  return [...new Set(["0", ...shown])].map((index) => Number.parseInt(index, 10)).toSorted((a, b) => a - b);
};

/** One wish: who, what, consents. A draft may lack any of it; what was typed is never lost. */
export function WishFields({
  known,
  names,
  townCodes,
  now,
  requestKey,
  kept,
}: FieldsProps & Readonly<{ kept: Reply }>) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Names[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const worded = (prefix: string, codes: readonly string[]) =>
    codes.map((code) => ({ value: code, label: t(`${prefix}_${code}` as MessageKey) }));
  const field = (name: string, label: MessageKey, maxLength: number, rest: FieldLook = {}) => (
    <TextField name={name} label={t(label)} maxLength={maxLength} reply={kept} {...rest} />
  );
  return (
    <>
      <RequestKey value={requestKey} reply={kept} />
      {known ? (
        <KnownPart known={known} towns={names.towns} />
      ) : (
        <WhoPart names={names} townCodes={townCodes} reply={kept} />
      )}
      <fieldset className="grid gap-5">
        <legend className="mb-2 text-5 font-bold">2. {t("intake.partWhat")}</legend>
        {field("title", "intake.title", LENGTHS.title, { hint: t("intake.titleHint") })}
        {field("story", "intake.story", LENGTHS.story, { rows: 4, hint: t("intake.storyHint") })}
        {field("pseudonym", "intake.pseudonym", LENGTHS.pseudonym, {
          optional: true,
          hint: t("intake.pseudonymHint"),
        })}
        {linesOf(kept).map((index) => (
          <div key={index} className="grid gap-5">
            <SelectField
              name={`lines[${index}].objectKind`}
              label={t("intake.objectKind")}
              empty=""
              options={named(names.kinds)}
              reply={kept}
            />
            {field(`lines[${index}].item`, "intake.item", LENGTHS.item, { hint: t("intake.itemHint") })}
            {field(`lines[${index}].details`, "intake.details", LENGTHS.details, {
              optional: true,
              hint: t("intake.detailsHint"),
            })}
            <div className="grid gap-5 sm:grid-cols-3">
              {field(`lines[${index}].quantity`, "common.quantity", LENGTHS.number, {
                inputMode: "numeric",
                defaultValue: "1",
              })}
              <SelectField
                name={`lines[${index}].unitCode`}
                label={t("intake.unit")}
                options={named(names.units)}
                defaultValue={USUAL_UNIT}
                reply={kept}
              />
              {field(`lines[${index}].unitPriceFen`, "intake.unitPrice", LENGTHS.amount, {
                inputMode: "decimal",
              })}
            </div>
          </div>
        ))}
        <SelectField
          name="overCapReason"
          label={t("intake.overCapReason")}
          optional
          empty=""
          options={worded("intake.over", OVER_CAP_REASONS)}
          reply={kept}
        />
        <TextField name="wantedBy" label={t("intake.wantedBy")} type="datetime-local" optional reply={kept} />
      </fieldset>
      <fieldset className="grid gap-5">
        <legend className="mb-2 text-5 font-bold">3. {t("intake.partConsent")}</legend>
        <TextField
          name="visitedAt"
          label={t("intake.visitedAt")}
          type="datetime-local"
          defaultValue={now}
          max={now}
          reply={kept}
        />
        <ConsentFields held={known?.consents ?? []} optional reply={kept} isMore={known !== undefined} />
        <CheckField
          name="entitlementsChecked"
          label={t("intake.entitlementsChecked")}
          hint={t("intake.entitlementsHint")}
          reply={kept}
        />
      </fieldset>
      <Button wide>{t("intake.saveDraft")}</Button>
    </>
  );
}
