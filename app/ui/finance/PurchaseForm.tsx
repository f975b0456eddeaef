import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { day, money } from "~/i18n/format";
import { nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { MomentField } from "../primitives/MomentField";
import { Card, Tag } from "../primitives/Page";

type Row = Readonly<{
  pledge: Readonly<{ id: string; unitPriceFen: bigint }>;
  left: bigint;
  buyBy: Date | null;
  isLate: boolean;
  giftCode: string;
  needCode: string;
  itemHans: string;
  itemHant: string;
  unit: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
}>;

/** What was paid for and is not bought yet, with the form to write down the purchase. */
export function PurchaseForm({
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
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="text-4 font-semibold">
          {wordsIn(locale, row.itemHans, row.itemHant)} × {String(row.left)} {nameIn(locale, row.unit)}
        </p>
        {row.isLate ? <Tag tone="problem">{t("finance.buyLate")}</Tag> : null}
      </div>
      <p className="text-2 text-muted">
        {row.giftCode} → {row.needCode} ·{" "}
        {t("finance.paid", { sum: money(locale, row.pledge.unitPriceFen * row.left) })}
        {row.buyBy === null ? null : ` · ${t("finance.buyBy", { day: day(locale, row.buyBy) })}`}
      </p>
      <details className="mt-2" open={reply !== undefined}>
        <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
          {t("finance.record")}
        </summary>
        <Form method="post" className="mt-2 grid gap-4 sm:grid-cols-2">
          <RequestKey value={requestKey} reply={reply} />
          <input type="hidden" name="pledgeId" value={row.pledge.id} />
          <TextField
            name="supplier"
            maxLength={LENGTHS.supplier}
            label={t("finance.supplier")}
            reply={reply}
          />
          <TextField
            name="voucherNumber"
            maxLength={LENGTHS.voucher}
            label={t("finance.voucher")}
            reply={reply}
          />
          <TextField
            name="quantity"
            maxLength={LENGTHS.number}
            label={t("common.quantity")}
            inputMode="numeric"
            defaultValue={String(row.left)}
            reply={reply}
          />
          <TextField
            name="amountFen"
            maxLength={LENGTHS.amount}
            label={t("finance.amount")}
            inputMode="decimal"
            reply={reply}
          />
          <MomentField name="boughtOn" label={t("finance.boughtOn")} now={now} reply={reply} />
          <div className="self-end">
            <Button>{t("finance.record")}</Button>
          </div>
        </Form>
      </details>
    </Card>
  );
}
