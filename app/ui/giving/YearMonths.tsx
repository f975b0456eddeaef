import { list, money, monthName } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import type { Translate } from "~/i18n/translate";
import { useLocale, useT } from "~/i18n/useT";
import { Bar } from "../primitives/Bar";
import { Section } from "../primitives/Page";

type Month = Readonly<{ month: number; gifts: number; things: bigint; services: bigint; fen: bigint }>;

/** What a month held, and nothing of what it did not. */
const wordsOf = (t: Translate, locale: Locale, { things, services, fen }: Month): string =>
  list(
    locale,
    [
      things > 0n ? t("year.nThings", { n: things }) : "",
      services > 0n ? t("year.nServices", { n: services }) : "",
      fen > 0n ? money(locale, fen) : "",
    ].filter(Boolean),
  );

/** What was given in each month in which something was: in words, and a bar as long as its gifts are many. */
export function YearMonths({ months }: Readonly<{ months: readonly Month[] }>) {
  const t = useT();
  const locale = useLocale();
  const most = months.reduce((top, { gifts }) => Math.max(top, gifts), 1);
  return (
    <Section title={t("year.byMonth")}>
      <ul className="grid max-w-prose gap-4">
        {months.map((month) => (
          <li key={month.month}>
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="font-semibold">{monthName(locale, month.month)}</span>
              <span className="tabular text-muted">{wordsOf(t, locale, month)}</span>
            </p>
            <Bar share={(100 * month.gifts) / most} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
