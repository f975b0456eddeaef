import { Form } from "@remix-run/react";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskFirst } from "../primitives/AskFirst";
import { Button, LinkButton } from "../primitives/Button";
import { TextField, type Reply } from "../primitives/Field";
import { Card } from "../primitives/Page";
import type { GiftRow } from "./GiftLines";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  page: Readonly<{
    gift: Readonly<{ code: string; kind: string; arrivalWay: string | null }>;
    rows: readonly GiftRow[];
    point: (Names & Readonly<{ address: string; hours: string; phone: string }>) | undefined;
    canUndoUntil: Date | null;
  }>;
  reply: Reply | undefined;
}>;

/** What the donor can or should do now: confirm, bring it, say it was sent, undo. */
export function GiftActions({ page: { gift, rows, point, canUndoUntil }, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  const held = rows.some((row) => row.pledge.state === "promised");
  const waiting = rows.some((row) => row.pledge.state === "confirmed" && row.pledge.kind === "goods" && row.pledge.settled === 0n);
  const undoable = canUndoUntil !== null && rows.some((row) => (row.pledge.state === "confirmed" || row.pledge.state === "paid") && row.pledge.settled === 0n);
  if (!held && !waiting && !undoable) return null;
  return (
    <Card className="mt-4">
      <h2 className="text-4">{t("gifts.nextSteps")}</h2>
      {held ? (
        <p className="mt-3">
          <LinkButton to={paths(locale).confirmGift(gift.code)}>{t("gifts.confirmNow")}</LinkButton>
        </p>
      ) : null}
      {waiting && point ? (
        <div className="mt-3">
          <p className="text-muted">{t("gifts.bringTo")}</p>
          <p className="font-semibold">{nameIn(locale, point)}</p>
          <p lang="zh-Hans">
            {point.address} · {point.hours} · {point.phone}
          </p>
          <p className="mt-1">{t("gifts.writeCode", { code: gift.code })}</p>
        </div>
      ) : null}
      {waiting && gift.arrivalWay === "courier" ? (
        <Form method="post" className="mt-4 grid gap-3">
          <TextField name="courierName" label={t("gifts.courier")} reply={reply} />
          <TextField name="waybill" label={t("gifts.waybill")} reply={reply} />
          <Button look="secondary">{t("gifts.markSent")}</Button>
        </Form>
      ) : null}
      {undoable ? (
        <Form method="post" className="mt-4">
          <input type="hidden" name="kind" value={gift.kind} />
          <AskFirst
            name="intent"
            value="undo"
            label={t("gifts.undo", { time: moment(locale, canUndoUntil) })}
            says={t(gift.kind === "money" ? "gifts.undoPaymentSays" : "gifts.undoSays")}
          />
        </Form>
      ) : null}
    </Card>
  );
}
