import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";

/** A score and what it is made of: every point has its reason. */
export function Reasons({ score, reasons }: { score: number; reasons: Readonly<Record<string, number>> }) {
  const t = useT();
  return (
    <p className="text-2 text-muted">
      {t("matching.score", { n: score })}
      {Object.entries(reasons).map(
        ([reason, points]) => ` · ${t(`matching.reason_${reason}` as MessageKey, { n: points })}`,
      )}
    </p>
  );
}
