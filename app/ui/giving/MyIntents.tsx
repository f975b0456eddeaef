import { count } from "~/i18n/format";
import { langOfWords, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "../primitives/Button";
import { Link } from "../primitives/Link";
import { Section } from "../primitives/Page";

type Row = Readonly<{
  intent: Readonly<{ id: string; state: string; quantity: bigint }>;
  needCode: string;
  position: number;
  itemHans: string;
  itemHant: string;
}>;

/** What the donor would pay for, on days on which no charity may collect. */
export function MyIntents({ intents }: { intents: readonly Row[] }) {
  const t = useT();
  const locale = useLocale();
  if (intents.length === 0) return null;
  return (
    <Section title={t("gifts.intents")}>
      <ul className="divide-y divide-line">
        {intents.map(({ intent, ...row }) => (
          <li key={intent.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
            <Link
              to={paths(locale).wish(row.needCode)}
              lang={langOfWords(locale)}
              className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
            >
              {wordsIn(locale, row.itemHans, row.itemHant)} × {count(locale, intent.quantity)}
            </Link>
            {intent.state === "waiting" ? (
              <form method="post">
                <input type="hidden" name="intentId" value={intent.id} />
                <Button look="quiet" name="intent" value="withdraw">
                  {t("gifts.withdrawIntent")}
                </Button>
              </form>
            ) : (
              <Link
                to={paths(locale).payForLine(row.needCode, row.position)}
                className="inline-flex min-h-tap items-center font-semibold text-brand underline underline-offset-4"
              >
                {t("gifts.payNow")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
