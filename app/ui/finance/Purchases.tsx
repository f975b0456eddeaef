import type { financeHome } from "~/domain/payments/queries.server";
import { money } from "~/i18n/format";
import { wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { Reply } from "../primitives/Field";
import { EmptyState, Section } from "../primitives/Page";
import { replyTo } from "../primitives/replyTo";
import { PurchaseForm } from "./PurchaseForm";
import { VoucherCard } from "./VoucherCard";
import { waiting } from "./waiting";

type Props = Pick<Awaited<ReturnType<typeof financeHome>>, "toBuy" | "recorded"> &
  Readonly<{ now: string; requestKey: string; momentKey: string; reply: Reply | undefined }>;

/** What was paid for and is not bought yet, and the purchases that were written down. */
export function Purchases({ toBuy, recorded, now, requestKey, momentKey, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <>
      <Section title={t("finance.toBuy") + waiting(locale, toBuy)}>
        {toBuy.length === 0 ? <EmptyState title={t("finance.nothingToBuy")} /> : null}
        <ul className="grid gap-4">
          {toBuy.map((row) => (
            <li key={row.pledge.id}>
              <PurchaseForm
                row={row}
                now={now}
                requestKey={requestKey}
                reply={replyTo(reply, "pledgeId", row.pledge.id)}
              />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("finance.recorded")}>
        <ul className="grid gap-3">
          {recorded.map(({ purchase, mine, ...row }) => (
            <li key={purchase.id}>
              <VoucherCard
                title={`${purchase.code} · ${wordsIn(locale, row.itemHans, row.itemHant)} × ${String(purchase.quantity)} · ${money(locale, purchase.amountFen)}`}
                note={`${purchase.supplier} · ${purchase.voucherNumber}`}
                state={purchase.state}
                mine={mine}
                field={{ name: "purchaseId", value: purchase.id }}
                intents={{ yes: "approve", no: "reject" }}
                moment={{ step: "bought", at: purchase.boughtOn, now, requestKey: momentKey, reply }}
              />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
