import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { money } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Card } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Row = Readonly<{
  lineId: string;
  itemHans: string;
  itemHant: string;
  needCode: string;
  fund: Names & Readonly<{ id: string }>;
  left: bigint;
}>;

/**
 * Money of an organisation's need that was paid and is not spent, with the form to write down what it went
 * for.
 */
export function SpendingForm({
  row,
  now,
  requestKey,
  reply,
}: {
  row: Row;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <p className="text-4 font-semibold">{wordsIn(locale, row.itemHans, row.itemHant)}</p>
      <p className="text-2 text-muted">
        {row.needCode} · {nameIn(locale, row.fund)} ·{" "}
        {t("finance.leftToSpend", { sum: money(locale, row.left) })}
      </p>
      <details className="mt-2" open={reply !== undefined}>
        <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
          {t("finance.recordSpending")}
        </summary>
        <Form method="post" className="mt-2 grid gap-4 sm:grid-cols-2">
          <RequestKey value={requestKey} reply={reply} />
          <input type="hidden" name="intent" value="spend" />
          <input type="hidden" name="lineId" value={row.lineId} />
          <input type="hidden" name="programmeId" value={row.fund.id} />
          <TextField name="payee" maxLength={LENGTHS.supplier} label={t("finance.payee")} reply={reply} />
          <TextField
            name="voucherNumber"
            maxLength={LENGTHS.voucher}
            label={t("finance.voucher")}
            reply={reply}
          />
          <TextField
            name="amountFen"
            maxLength={LENGTHS.amount}
            label={t("finance.amount")}
            inputMode="decimal"
            reply={reply}
          />
          <TextField
            name="spentOn"
            type="datetime-local"
            label={t("finance.spentOn")}
            defaultValue={now}
            max={now}
            reply={reply}
          />
          <div className="self-end">
            <Button>{t("finance.recordSpending")}</Button>
          </div>
        </Form>
      </details>
    </Card>
  );
}
