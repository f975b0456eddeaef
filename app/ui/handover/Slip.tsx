import type { QrDrawing } from "~/http/qr.server";
import { colon } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { QrCode } from "~/ui/store/QrCode";
import { thing } from "~/ui/store/things";
import { Heart } from "../icons/Heart";
import { useRoot } from "../shell/useRoot";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string; nameEnPlural: string }>;
type Thing = Readonly<{
  item: { id: string; quantity: bigint };
  itemHans: string;
  itemHant: string;
  unit: Names;
}>;

/**
 * The recipient's slip in large print: what is coming, the QR and the four digits to give when it is there,
 * what never to do, a phone to call. No name and no address stands on it; black on white in every mode, since
 * it is paper.
 */
export function Slip({
  code,
  digits,
  qr,
  things,
}: {
  code: string;
  digits: string;
  qr: QrDrawing;
  things: readonly Thing[];
}) {
  const t = useT();
  const locale = useLocale();
  const root = useRoot();
  return (
    <article
      data-theme="light"
      data-contrast="normal"
      data-size="elder"
      className="print-sheet grid gap-5 rounded-lg border-2 border-ink bg-surface p-6 text-ink"
    >
      <header className="flex items-center justify-between gap-4">
        <p className="flex items-center gap-2 text-4 font-bold">
          <Heart className="size-8 text-brand" />
          {t("shell.name")}
        </p>
        <p className="text-2">
          {t("handover.slipCode")} <span className="font-bold">{code}</span>
        </p>
      </header>
      <h2 className="text-6">{t("handover.slipHeading")}</h2>
      <div>
        <p className="text-3">{t("handover.slipItems")}</p>
        <ul lang={langOfWords(locale)} className="text-5 font-bold">
          {things.map((row) => (
            <li key={row.item.id}>{thing(locale, row, row.item.quantity)}</li>
          ))}
        </ul>
      </div>
      <p className="text-4">{t("handover.slipHow")}</p>
      <div className="flex flex-wrap items-center justify-center gap-6">
        <QrCode drawing={qr} label={t("handover.slipTitle")} className="size-52" />
        <p className="flex gap-3" role="img" aria-label={digits.split("").join(" ")}>
          {digits.split("").map((digit, index) => (
            <span
              key={index}
              aria-hidden="true"
              className="tabular rounded-md border-2 border-ink px-4 py-2 text-7 leading-none font-bold"
            >
              {digit}
            </span>
          ))}
        </p>
      </div>
      <p className="rounded-md border-2 border-ink p-4 text-4 font-bold">{t("handover.slipNoMoney")}</p>
      <p className="text-4">
        {t("handover.slipCall") + colon(locale)}
        <span className="text-5 font-bold whitespace-nowrap">{root?.place.phoneLine}</span>
      </p>
    </article>
  );
}
