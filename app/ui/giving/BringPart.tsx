import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { QrDrawing } from "~/http/qr.server";
import { nearDay } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { CounterCode } from "./CounterCode";
import { type Place, PlaceLine } from "./PlaceLine";

/** Goods that their donor brings or sends: by when, where to, and the code for the counter. */
export function BringPart({
  code,
  dueAt,
  point,
  qr,
  byCourier,
  reply,
}: {
  code: string;
  dueAt: Date | null;
  point: Place;
  qr: QrDrawing | undefined;
  byCourier: boolean;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <div className="mt-3">
      <p className="text-muted">
        {dueAt === null
          ? t("gifts.bringTo")
          : t(byCourier ? "gifts.sendBy" : "gifts.bringBy", { day: nearDay(locale, dueAt) })}
      </p>
      <PlaceLine place={point} />
      <p className="mt-1">{t("gifts.writeCode", { code })}</p>
      {qr && !byCourier ? <CounterCode code={code} qr={qr} /> : null}
      {byCourier ? (
        <form method="post" className="mt-4 grid gap-3">
          <TextField
            name="courierName"
            maxLength={LENGTHS.courier}
            label={t("gifts.courier")}
            reply={reply}
          />
          <TextField name="waybill" maxLength={LENGTHS.waybill} label={t("gifts.waybill")} reply={reply} />
          <Button look="secondary">{t("gifts.markSent")}</Button>
        </form>
      ) : null}
    </div>
  );
}
