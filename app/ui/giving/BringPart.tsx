import { LENGTHS } from "~/domain/kernel/typed/lengths";
import type { QrDrawing } from "~/http/qr.server";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Button } from "../primitives/Button";
import { type Reply, TextField } from "../primitives/Field";
import { CounterCode } from "./CounterCode";

type Point = Readonly<{
  nameHans: string;
  nameHant: string;
  nameEn: string;
  address: string;
  hours: string;
  phone: string;
}>;

/** Where a point is, when it is open, how to call it. */
export function PointLine({ point }: { point: Point }) {
  const locale = useLocale();
  return (
    <>
      <p className="font-semibold">{nameIn(locale, point)}</p>
      <p lang="zh-Hans">
        {point.address} · {point.hours} ·{" "}
        <a href={`tel:${point.phone}`} className="inline-flex min-h-tap items-center underline">
          {point.phone}
        </a>
      </p>
    </>
  );
}

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
  point: Point;
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
          : t(byCourier ? "gifts.sendBy" : "gifts.bringBy", { day: day(locale, dueAt) })}
      </p>
      <PointLine point={point} />
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
