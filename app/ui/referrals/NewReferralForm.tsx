import { Form, Link } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { newReferralPage } from "~/domain/referrals/queries.server";
import { aside } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, SelectField, TextField } from "../primitives/Field";
import { FormErrors, RequestKey } from "../primitives/FormParts";
import { Card, Notice } from "../primitives/Page";

type Start = NonNullable<Awaited<ReturnType<typeof newReferralPage>>>;

/**
 * Asks to whom a household is brought, and what for. Both ways are on the page, so that no script is needed
 * to choose.
 */
export function NewReferralForm({
  start,
  item,
  requestKey,
  reply,
}: {
  start: Start;
  item: string | undefined;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  return (
    <Form method="post" className="grid gap-6">
      <FormErrors reply={reply} />
      <RequestKey value={requestKey} reply={reply} />
      <input type="hidden" name="householdId" value={start.household.id} />
      {start.insteadOf ? (
        <>
          <input type="hidden" name="insteadOf" value={start.insteadOf.id} />
          <Notice>{t("referrals.insteadOf", { code: start.insteadOf.code })}</Notice>
        </>
      ) : null}
      {start.open.length > 0 ? (
        <Notice tone="wait">
          {t("referrals.openAlready")}
          {start.open.map((referral) => (
            <Link
              key={referral.id}
              to={at.referral(referral.id)}
              className="mr-3 inline-flex min-h-tap items-center text-brand underline underline-offset-4"
            >
              {start.items.find((one) => one.code === referral.itemCode)?.name ?? t("referrals.joint")}
              {aside(locale, referral.code)}
            </Link>
          ))}
        </Notice>
      ) : null}
      <ChoiceField
        name="kind"
        label={t("referrals.kind")}
        columns={2}
        defaultValue="item"
        options={(["item", "joint"] as const).map((kind) => ({
          value: kind,
          label: t(`referrals.kind_${kind}`),
          hint: t(`referrals.kind_${kind}Hint`),
        }))}
        reply={reply}
      />
      <Card className="grid gap-4">
        <h2 className="text-4">{t("referrals.kind_item")}</h2>
        <SelectField
          name="itemCode"
          label={t("referrals.itemLabel")}
          empty=""
          defaultValue={item}
          options={start.items.map((one) => ({
            value: one.code,
            label: one.name + aside(locale, one.provider),
          }))}
          reply={reply}
        />
      </Card>
      <details
        className="rounded-lg border-(length:--border) border-line bg-surface"
        open={reply?.values["kind"] === "joint"}
      >
        <summary className="flex min-h-tap cursor-pointer items-center px-5 py-3 text-4 font-semibold">
          {t("referrals.kind_joint")}
        </summary>
        <div className="px-5 pb-5">
          <TextField
            name="departments"
            label={t("referrals.departments")}
            hint={t("referrals.departmentsHint")}
            rows={4}
            maxLength={LENGTHS.departments}
            reply={reply}
          />
        </div>
      </details>
      <TextField
        name="asked"
        label={t("referrals.asked")}
        hint={t("referrals.askedHint")}
        rows={4}
        maxLength={LENGTHS.words}
        optional
        reply={reply}
      />
      <p className="text-2 text-muted">
        {t("referrals.saveLead")} {t("referrals.onlyOnTable")}
      </p>
      <Button>{t("referrals.save")}</Button>
    </Form>
  );
}
