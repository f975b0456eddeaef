import type { ComponentProps } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GiftPhotos } from "./GiftPhotos";
import { GiftWay } from "./GiftWay";
import { GiftWords } from "./GiftWords";

type Answer = Readonly<{
  photos?: ComponentProps<typeof GiftPhotos>["fileIds"];
  words: ComponentProps<typeof GiftWords>["words"];
}>;

/** What came back of a gift: what its recipients said, and the photos that were passed. */
export function GiftAnswer({ words, photos = [] }: Answer) {
  if (words.length + photos.length === 0) return null;
  return (
    <div className="mb-4">
      <GiftWords words={words} />
      {photos.length > 0 ? <GiftPhotos fileIds={photos} /> : null}
    </div>
  );
}

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
