import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";

/** Photos of what was handed over, once a person of the city passed them. */
export function GiftPhotos({ fileIds }: { fileIds: readonly string[] }) {
  const t = useT();
  const at = paths(useLocale());
  return (
    <ul className="mt-4 grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
      {fileIds.map((fileId) => (
        <li key={fileId}>
          <img
            src={at.file(fileId)}
            alt={t("gifts.photo")}
            loading="lazy"
            className="w-full rounded-md border border-line"
          />
        </li>
      ))}
    </ul>
  );
}
