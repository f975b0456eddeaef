import { day, moment, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { Card, Facts, Notice } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type GiftPayment = Readonly<{
  state: string;
  amountFen: bigint;
  expiresAt: Date;
  fund: Names & Readonly<{ filingNumber: string }>;
  charity: Names & Readonly<{ contactPhone: string }>;
  bought: readonly Readonly<{ id: string; amountFen: bigint; at: Date }>[];
  canGoOn: boolean;
  waits: string | undefined;
}>;

/**
 * How a gift of money is paid: into which fund, and what was bought of it (`what`) for how much; a page that
 * was left can be gone on with or cancelled; money that came late is said.
 */
export function PaymentCard({ payment, what }: { payment: GiftPayment; what: string }) {
  const t = useT();
  const locale = useLocale();
  const { charity, fund, amountFen } = payment;
  const sum = money(locale, amountFen);
  return (
    <Card className="mt-4">
      {payment.canGoOn ? (
        <>
          <h2 className="text-4">{t("gifts.payOpen")}</h2>
          <p className="mt-1">{t("gifts.payOpenUntil", { time: moment(locale, payment.expiresAt) })}</p>
          <form method="post" className="mt-3 mb-4 flex flex-wrap gap-3">
            <Button name="intent" value="goOnPaying">
              {t("gifts.payGoOn", { sum })}
            </Button>
          </form>
          <form method="post" className="mb-4">
            <AskFirst
              name="intent"
              value="cancelPayment"
              label={t("gifts.payCancel")}
              says={t("gifts.payCancelSays")}
            />
          </form>
        </>
      ) : null}
      {payment.state === "processing" ? (
        <div className="mb-4">
          <Notice tone="wait">{t("gifts.payProcessing")}</Notice>
        </div>
      ) : null}
      {payment.waits ? (
        <div className="mb-4">
          <Notice tone="wait">
            {t(
              payment.waits === "second_payment"
                ? "gifts.moneyTwice"
                : payment.waits === "target_gone"
                  ? "gifts.moneyWishGone"
                  : "gifts.moneyLate",
              {
                sum,
                charity: nameIn(locale, charity),
                phone: charity.contactPhone,
              },
            )}
          </Notice>
        </div>
      ) : null}
      <Facts
        rows={[
          [t("gifts.paySum"), sum],
          [t("gifts.payFund"), `${nameIn(locale, fund)} · ${fund.filingNumber}`],
          [t("gifts.payCharity"), nameIn(locale, charity)],
          ...payment.bought.map(
            ({ amountFen: spentFen, at }) =>
              [t("gifts.payBought"), `${what} · ${money(locale, spentFen)} · ${day(locale, at)}`] as const,
          ),
        ]}
      />
    </Card>
  );
}
