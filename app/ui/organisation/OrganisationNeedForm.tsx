import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { THING_ROWS, USUAL_UNIT } from "~/domain/needs/thingRows";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type FieldLook, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Named = Names & Readonly<{ code: string }>;
type Props = Readonly<{
  organisations: readonly (Names & Readonly<{ id: string }>)[];
  names: Readonly<{ towns: readonly Named[]; kinds: readonly Named[]; units: readonly Named[] }>;
  requestKey: string;
  kept: Reply;
}>;

const OPEN_ROWS = 2;

/** A new need of an organisation. */
export const OrganisationNeedForm = ({
  reply,
  ...fields
}: Omit<Props, "kept"> & Readonly<{ reply: Reply | undefined }>) => (
  <Form method="post" className="grid gap-8">
    <FormErrors reply={reply} />
    <OrganisationNeedFields {...fields} kept={reply ?? { values: {}, errors: {}, formErrors: [] }} />
  </Form>
);

/**
 * An organisation's own need: what, for whom, and its budget as one sum of money and the things it asks for.
 */
export function OrganisationNeedFields({ organisations, names, requestKey, kept }: Props) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Named[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const isUsed = (index: number) =>
    [...Object.keys(kept.values), ...Object.keys(kept.errors)].some(
      (name) => name.startsWith(`lines[${index}].item`) && kept.values[name] !== "",
    );
  const hidden = Array.from({ length: THING_ROWS - OPEN_ROWS }, (_row, index) => index + OPEN_ROWS);
  return (
    <>
      <RequestKey value={requestKey} reply={kept} />
      <div className="grid gap-5">
        <SelectField
          name="organisationId"
          label={t("organisations.organisation")}
          options={organisations.map((organisation) => ({
            value: organisation.id,
            label: nameIn(locale, organisation),
          }))}
          reply={kept}
        />
        <SelectField
          name="townCode"
          label={t("organisations.town")}
          empty=""
          options={named(names.towns)}
          reply={kept}
        />
        <TextField
          name="title"
          maxLength={LENGTHS.title}
          label={t("organisations.wholeTitle")}
          hint={t("organisations.titleHint")}
          reply={kept}
        />
        <TextField
          name="story"
          maxLength={LENGTHS.story}
          label={t("organisations.story")}
          hint={t("organisations.storyHint")}
          rows={5}
          reply={kept}
        />
      </div>
      <fieldset className="grid gap-5">
        <legend className="mb-2 text-5 font-bold">{t("organisations.budget")}</legend>
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <TextField
            name="moneyFor"
            maxLength={LENGTHS.moneyFor}
            label={t("organisations.moneyFor")}
            hint={t("organisations.moneyForHint")}
            reply={kept}
          />
          <TextField
            name="moneyFen"
            maxLength={LENGTHS.amount}
            label={t("organisations.moneyFen")}
            inputMode="decimal"
            reply={kept}
          />
        </div>
        {Array.from({ length: OPEN_ROWS }, (_row, index) => (
          <ThingRow key={index} index={index} names={names} reply={kept} />
        ))}
        <details open={hidden.some(isUsed)}>
          <summary className="min-h-tap font-semibold text-brand">{t("organisations.moreThings")}</summary>
          <div className="mt-3 grid gap-5">
            {hidden.map((index) => (
              <ThingRow key={index} index={index} names={names} reply={kept} />
            ))}
          </div>
        </details>
      </fieldset>
      <Button wide>{t("organisations.saveDraft")}</Button>
    </>
  );
}

/** One thing of the budget; a row that stays empty counts for nothing. */
function ThingRow({ index, names, reply }: { index: number; names: Props["names"]; reply: Reply }) {
  const t = useT();
  const locale = useLocale();
  const named = (rows: readonly Named[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const field = (name: string, label: MessageKey, maxLength: number, rest: FieldLook = {}) => (
    <TextField
      name={`lines[${index}].${name}`}
      label={t(label)}
      maxLength={maxLength}
      reply={reply}
      {...rest}
    />
  );
  return (
    <fieldset className="grid gap-4 rounded-lg border-(length:--border) border-line p-4">
      <legend className="px-1 font-semibold">{t("organisations.thing", { n: index + 1 })}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name={`lines[${index}].objectKind`}
          label={t("intake.objectKind")}
          empty=""
          optional={index > 0}
          options={named(names.kinds)}
          reply={reply}
        />
        {field("item", "intake.item", LENGTHS.item)}
      </div>
      {/* Not asked of an organisation; what stands there stays. */}
      {reply.values[`lines[${index}].details`] ? (
        <input
          type="hidden"
          name={`lines[${index}].details`}
          value={String(reply.values[`lines[${index}].details`])}
        />
      ) : null}
      <div className="grid gap-4 sm:grid-cols-3">
        {field("quantity", "common.quantity", LENGTHS.number, { inputMode: "numeric" })}
        <SelectField
          name={`lines[${index}].unitCode`}
          label={t("intake.unit")}
          options={named(names.units)}
          defaultValue={USUAL_UNIT}
          reply={reply}
        />
        {field("unitPriceFen", "intake.unitPrice", LENGTHS.amount, { inputMode: "decimal" })}
      </div>
    </fieldset>
  );
}
