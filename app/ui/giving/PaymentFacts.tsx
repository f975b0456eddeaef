import { aside, day, money } from "~/i18n/format";
import { langOfWords, nameIn, wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { Card, Facts } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  wish: Readonly<{ code: string }>;
  line: Readonly<{ kind: string; itemHans: string; itemHant: string; open: bigint; unitPriceFen: bigint }>;
  facts: Readonly<{
    charity: Names & Readonly<{ creditCode: string }>;
    programme: Names & Readonly<{ filingNumber: string }>;
    certificate: Readonly<{ number: string; validTo: Date }>;
  }>;
  /** Within how many minutes it can be undone, and within how many days it is bought. */
  promises: Readonly<{ minutes: number; days: number }>;
}>;

/** What has to be said before somebody pays: for what, to whom, by which right, and what is promised. */
export function PaymentFacts({ wish, line, facts, promises }: Props) {
  const t = useT();
  const locale = useLocale();
  const isMoney = line.kind === "money";
  const item = wordsIn(locale, line.itemHans, line.itemHant);
  return (
    <Card>
      <h2 className="mb-3 text-4">{t("giving.payFacts")}</h2>
      <Facts
        rows={[
          [
            t("giving.purpose"),
            <span key="p" lang={langOfWords(locale)}>
              {t(isMoney ? "giving.purposeTextMoney" : "giving.purposeText", { item, code: wish.code })}
            </span>,
          ],
          [
            t(isMoney ? "giving.stillOpen" : "giving.priceEach"),
            <span key="s" className="tabular font-semibold">
              {money(locale, isMoney ? line.open : line.unitPriceFen)}
            </span>,
          ],
          [t("giving.charityName"), nameIn(locale, facts.charity)],
          [t("giving.creditCode"), facts.charity.creditCode],
          [
            t("giving.certificate"),
            facts.certificate.number + aside(locale, `→ ${day(locale, facts.certificate.validTo)}`),
          ],
          [t("giving.programme"), nameIn(locale, facts.programme)],
          [t("giving.filing"), facts.programme.filingNumber],
          [t("giving.fee"), t("giving.feeText")],
        ]}
      />
      <p className="mt-3 text-2 text-muted">{t(isMoney ? "giving.moneyStays" : "giving.ifCheaper")}</p>
      {isMoney ? null : <p className="text-2 text-muted">{t("giving.buyPromise", promises)}</p>}
      <p className="text-2 text-muted">{t("giving.undoText", promises)}</p>
    </Card>
  );
}
