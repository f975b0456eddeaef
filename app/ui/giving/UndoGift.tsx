import { moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";

type Row = Readonly<{ pledge: Readonly<{ state: string; settled: bigint }> }>;

/** Takes a gift back while its time lasts: small and last, since hardly anybody comes for it. */
export function UndoGift({ kind, rows, until }: { kind: string; rows: readonly Row[]; until: Date | null }) {
  const t = useT();
  const locale = useLocale();
  const canBeUndone = rows.some(
    ({ pledge }) => (pledge.state === "confirmed" || pledge.state === "paid") && pledge.settled === 0n,
  );
  if (until === null || !canBeUndone) return null;
  return (
    <form method="post" className="no-print mt-6">
      <input type="hidden" name="kind" value={kind} />
      <AskFirst
        name="intent"
        value="undo"
        isSmall
        label={t("gifts.undo", { time: moment(locale, until) })}
        says={t(kind === "money" ? "gifts.undoPaymentSays" : "gifts.undoSays")}
      />
    </form>
  );
}
