import type { QrDrawing } from "~/http/qr.server";
import { useT } from "~/i18n/useT";
import { QrCode } from "~/ui/store/QrCode";

/**
 * What a donor shows at the counter: the gift's code, to be scanned or said. It names the gift and opens
 * nothing.
 */
export function CounterCode({ code, qr }: { code: string; qr: QrDrawing }) {
  const t = useT();
  return (
    <div className="mt-4">
      <p className="text-muted">{t("gifts.atCounter")}</p>
      <div className="mt-2 flex flex-wrap items-center gap-4">
        <QrCode drawing={qr} label={t("gifts.qrLabel", { code })} className="size-40" />
        <p className="tabular text-6 font-semibold">{code}</p>
      </div>
    </div>
  );
}
