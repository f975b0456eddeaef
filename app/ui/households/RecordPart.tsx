import { Form } from "@remix-run/react";
import { FIELDS, type SealedField } from "~/domain/households/visibility";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { EditForm, type Filled } from "../primitives/EditForm";
import { type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { KeptFields } from "../primitives/KeptFields";
import { Card, Facts } from "../primitives/Page";

const REASONS = [
  "verify_wish",
  "contact_recipient",
  "entitlements",
  "deliver",
  "complaint",
  "correction",
  "audit",
] as const;

/**
 * The record stays shut until somebody says why they look. A correction that was typed before it was shut
 * again waits behind it.
 */
export function OpenRecordForm({ reply }: { reply: Reply | undefined }) {
  const t = useT();
  return (
    <Form method="post" className="grid gap-4">
      <FormErrors reply={reply} />
      <KeptFields reply={reply} but={["intent", "reason"]} />
      <SelectField
        name="reason"
        label={t("households.reason")}
        hint={t("households.recordLead")}
        empty=""
        options={REASONS.map((reason) => ({ value: reason, label: t(`households.reason_${reason}`) }))}
        reply={reply}
      />
      <div>
        <Button>{t("households.open")}</Button>
      </div>
    </Form>
  );
}

type Opened = Readonly<{ until: Date; fields: Partial<Readonly<Record<SealedField, string>>> }>;

/** What stands in the opened record; whoever may correct it does so here. */
export function OpenedRecord({
  opened,
  correction,
  reply,
}: {
  opened: Opened;
  correction: Filled | undefined;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const kept = FIELDS.flatMap((field) =>
    opened.fields[field] === undefined ? [] : [[field, opened.fields[field]] as const],
  );
  return (
    <Card>
      <p className="mb-3 text-2 text-muted">
        {t("households.until", { time: moment(locale, opened.until) })}
      </p>
      <Facts
        rows={kept.map(([field, value]) => [
          t(`households.field_${field}`),
          <span key={field} lang="zh-Hans">
            {value}
          </span>,
        ])}
      />
      {correction ? (
        <details className="mt-4 border-t border-line pt-2" open={reply !== undefined}>
          <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
            {t("households.correctTitle")}
          </summary>
          <EditForm filled={correction} reply={reply} className="mt-2 grid gap-4">
            {(kept) => (
              <>
                <p className="text-2 text-muted">{t("households.correctLead")}</p>
                <div className="grid gap-4 sm:grid-cols-2 elder:grid-cols-1">
                  {FIELDS.map((field) => (
                    <TextField
                      key={field}
                      name={field}
                      label={t(`households.field_${field}`)}
                      optional={field !== "name"}
                      autoComplete="off"
                      maxLength={LENGTHS[field === "name" ? "personName" : field]}
                      reply={kept}
                    />
                  ))}
                </div>
                <div>
                  <Button look="secondary" name="intent" value="correct">
                    {t("households.correctSave")}
                  </Button>
                </div>
              </>
            )}
          </EditForm>
        </details>
      ) : null}
    </Card>
  );
}
