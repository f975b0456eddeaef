import { useEffect, useState } from "react";
import { useT } from "~/i18n/useT";
import { Button } from "./Button";

/**
 * Prints the page. Without scripts there is none: the browser's own menu prints, and print styles leave only
 * the sheet.
 */
export function PrintButton({ wide = false }: { wide?: boolean }) {
  const t = useT();
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  return (
    <Button type="button" wide={wide} className="no-print" onClick={() => window.print()}>
      {t("common.print")}
    </Button>
  );
}
