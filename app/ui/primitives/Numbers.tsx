import { useLocale, useT } from "~/i18n/useT";
import { count } from "~/i18n/format";

type Three = Readonly<{ requested: number; promised: number; received: number; delivered: number; held: number }>;

/**
 * Promised · received · delivered, each with its own bar and words, never one bar that mixes them.
 * A promise is not a receipt, and a receipt is not yet in anybody's hands.
 */
export function ThreeNumbers({ numbers, unit }: { numbers: Three; unit: string }) {
  const t = useT();
  const locale = useLocale();
  const rows = [
    ["promised", t("common.promised"), numbers.promised, "bg-seq-3"],
    ["received", t("common.received"), numbers.received, "bg-sky"],
    ["delivered", t("common.delivered"), numbers.delivered, "bg-jade"],
  ] as const;
  return (
    <div>
      <dl className="grid gap-3">
        {rows.map(([key, label, value, colour]) => (
          <div key={key}>
            <div className="flex items-baseline justify-between gap-2">
              <dt className="text-2 text-muted">{label}</dt>
              <dd className="tabular font-semibold">
                {t("common.ofUnits", { n: count(locale, value), of: count(locale, numbers.requested), unit })}
                {value === numbers.requested && value > 0 ? <span className="ml-1 text-jade">✓</span> : null}
              </dd>
            </div>
            <Bar value={value} of={numbers.requested} colour={colour} />
          </div>
        ))}
      </dl>
      {numbers.held > 0 ? <p className="mt-2 text-2 text-muted">{t("common.heldApart", { n: count(locale, numbers.held), unit })}</p> : null}
    </div>
  );
}

/** A bar beside words that say the same; never above its end. */
export function Bar({ value, of, colour = "bg-brand" }: { value: number; of: number; colour?: string }) {
  const share = of > 0 ? Math.min(100, (value / of) * 100) : 0;
  return (
    <div aria-hidden="true" className="mt-1 h-2.5 overflow-hidden rounded-md border border-line-strong bg-sunken">
      <div className={`h-full ${colour}`} style={{ width: `${share}%` }} />
    </div>
  );
}
