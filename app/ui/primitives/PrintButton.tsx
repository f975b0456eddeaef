import { useT } from "~/i18n/useT";
import { Button } from "./Button";

/**
 * Prints the page. Without scripts it is not seen: the browser's own menu prints, and print styles leave only
 * the sheet.
 */
export function PrintButton({ wide = false }: { wide?: boolean }) {
  const t = useT();
  return (
    <Button type="button" wide={wide} className="no-print" data-act="print">
      {t("common.print")}
    </Button>
  );
}
