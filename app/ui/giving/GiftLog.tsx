import type { ComponentProps } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftWay } from "./GiftWay";

/** Every step on record, for whoever wants to know it exactly; its owner may take it along. */
export function GiftLog({
  timeline,
  code,
}: {
  timeline: ComponentProps<typeof GiftWay>["steps"];
  code?: string;
}) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <details className="mt-6">
      <summary className="flex min-h-tap cursor-pointer items-center font-semibold text-brand">
        {t("gifts.wholeLog")}
      </summary>
      <div className="mt-3">
        <GiftWay steps={timeline} />
        {code === undefined ? null : (
          <p className="no-print mt-2">
            <a
              href={at.giftCsv(code)}
              className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
            >
              {t("common.downloadCsv")}
            </a>
          </p>
        )}
      </div>
    </details>
  );
}
