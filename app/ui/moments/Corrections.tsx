import type { MomentCorrection } from "~/domain/kernel/moments/entries.server";
import { aside, moment } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";

/** What was put right of a thing's moments, each with who did it, when, and why. */
export function Corrections({ of }: { of: readonly MomentCorrection[] }) {
  const t = useT();
  const locale = useLocale();
  if (of.length === 0) return null;
  return (
    <ul className="text-2 text-muted">
      {of.map((correction) => (
        <li key={correction.id}>
          {t("moments.made", {
            time: moment(locale, correction.at),
            who: correction.who ?? "",
            was: moment(locale, correction.was),
            shall: moment(locale, correction.shall),
          })}
          {correction.reason === undefined ? null : aside(locale, t(`moments.why_${correction.reason}`))}
        </li>
      ))}
    </ul>
  );
}
