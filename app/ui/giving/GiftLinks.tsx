import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";

/** The gift's way as a file, and a new link to follow it without signing in. */
export function GiftLinks({ code, renews }: { code: string; renews: boolean }) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <div className="no-print mt-6 flex flex-wrap gap-3">
      <a
        href={at.giftCsv(code)}
        className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
      >
        {t("common.downloadCsv")}
      </a>
      {renews ? (
        <form method="post">
          <button
            name="intent"
            value="renew"
            className="inline-flex min-h-tap cursor-pointer items-center text-brand underline underline-offset-4"
          >
            {t("gifts.newTrackLink")}
          </button>
        </form>
      ) : null}
    </div>
  );
}
