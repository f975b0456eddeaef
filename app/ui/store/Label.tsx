import type { ReactNode } from "react";
import type { QrDrawing } from "~/http/qr.server";
import { useT } from "~/i18n/useT";
import { Heart } from "~/ui/icons/Heart";
import { useRoot } from "~/ui/shell/useRoot";
import { QrCode } from "./QrCode";

/**
 * A label to stick on: a code, its QR that opens nothing, what it is. Prints alone on its sheet, in black on
 * white.
 */
export function Label({
  code,
  qr,
  title,
  lang,
  children,
}: {
  code: string;
  qr: QrDrawing;
  title: string;
  lang: string | undefined;
  children: ReactNode;
}) {
  const t = useT();
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <div
      data-theme="light"
      data-contrast="normal"
      className="print-sheet grid max-w-md grid-cols-[auto_1fr] items-center gap-4 rounded-md border-2 border-ink bg-surface p-4 text-ink"
    >
      <QrCode drawing={qr} label={t("store.labelTitle", { code })} className="size-36" />
      <div className="min-w-0">
        <p className="flex items-center gap-1 text-2 font-bold">
          <Heart className="size-5 text-brand" />
          {t("shell.name")}
        </p>
        <p className="text-6 leading-tight font-bold tracking-wide">{code}</p>
        <p lang={lang} className="font-semibold">
          {title}
        </p>
        <div className="text-2">{children}</div>
        <p className="mt-1 text-1">
          {t("store.scanSays")} <span className="whitespace-nowrap">{phone}</span>
        </p>
      </div>
    </div>
  );
}
