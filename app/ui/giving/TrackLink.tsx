import { useT } from "~/i18n/useT";
import { Notice } from "../primitives/Page";

/** The link by which family and friends follow the gift: shown once, right after it was made. */
export function TrackLink({ url }: { url: string }) {
  const t = useT();
  return (
    <Notice tone="done" live>
      <p className="font-semibold">{t("gifts.thanks")}</p>
      <p className="mt-1">{t("gifts.trackLink")}</p>
      <p className="mt-1 break-all rounded-md bg-surface p-2 text-2">{url}</p>
      <p className="mt-1 text-2">{t("gifts.trackHint")}</p>
    </Notice>
  );
}
