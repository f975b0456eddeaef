import { useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";

/**
 * Reads the page aloud, where the device can. Its place is kept from the start, so that nothing jumps;
 * elsewhere it stays unseen.
 */
export function ReadAloud() {
  const t = useT();
  return (
    <button
      type="button"
      data-act="read"
      className="group inline-flex min-h-tap cursor-pointer items-center rounded-sm px-2 text-2 text-ink"
    >
      <span className="inline-flex items-center gap-2 group-data-reading:hidden">
        <Icon name="sound" />
        {t("shell.readAloud")}
      </span>
      <span className="hidden items-center gap-2 group-data-reading:inline-flex">
        <Icon name="stop" />
        {t("shell.stopReading")}
      </span>
    </button>
  );
}
