import { count } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Icon } from "../icons/Icon";

/** Of so many that are asked for: promised, arrived at the point, in hands; and held for a while. */
export type Three = Readonly<{
  requested: number;
  claimed: number;
  received: number;
  delivered: number;
  held: number;
}>;

const ROWS = [
  ["claimed", "common.claimed", "bg-brand"],
  ["received", "common.received", "bg-sky"],
  ["delivered", "common.delivered", "bg-jade"],
] as const;

/**
 * Promised · received · delivered, each with its own line and words, never one bar that mixes them.
 * A promise is not a receipt, and a receipt is not yet in anybody's hands.
 */
export function ThreeNumbers({ numbers, unit }: { numbers: Three; unit: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div>
      <dl className="grid gap-4">
        {ROWS.map(([key, label, colour]) => (
          <div key={key} className="grid grid-cols-[auto_1fr] items-baseline gap-x-2">
            <dt className="text-2 text-muted">{t(label)}</dt>
            <dd className="tabular text-right font-semibold">
              {numbers[key] === numbers.requested && numbers[key] > 0 ? (
                <Icon name="check" className="mr-1 size-4 align-[-0.15em] text-jade" />
              ) : null}
              {t("common.ofUnits", {
                n: count(locale, numbers[key]),
                of: count(locale, numbers.requested),
                unit,
              })}
            </dd>
            <dd className="col-span-2" aria-hidden="true">
              <Thread value={numbers[key]} of={numbers.requested} colour={colour} />
            </dd>
          </div>
        ))}
      </dl>
      {numbers.held > 0 ? (
        <p className="mt-3 text-2 text-muted">
          {t("common.heldApart", { n: count(locale, numbers.held), unit })}
        </p>
      ) : null}
    </div>
  );
}

/**
 * How far something has come, beside words that say the same: what is done is a line, what is still to come
 * is dotted. Never past its end.
 */
export function Thread({ value, of, colour = "bg-brand" }: { value: number; of: number; colour?: string }) {
  const share = of > 0 ? Math.min(100, (value / of) * 100) : 0;
  return (
    <div aria-hidden="true" className="thread mt-2">
      {share > 0 ? <div className={colour} style={{ width: `${share}%` }} /> : null}
    </div>
  );
}
