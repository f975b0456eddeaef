import type { financeHome } from "~/domain/payments/queries.server";
import { money } from "~/i18n/format";
import { wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { Reply } from "../primitives/Field";
import { EmptyState, Section } from "../primitives/Page";
import { replyTo } from "../primitives/replyTo";
import { SpendingForm } from "./SpendingForm";
import { VoucherCard } from "./VoucherCard";
import { waiting } from "./waiting";

type Props = Pick<Awaited<ReturnType<typeof financeHome>>, "toSpend" | "spendings"> &
  Readonly<{ now: string; requestKey: string; momentKey: string; reply: Reply | undefined }>;

/** Money of organisations' needs that is not spent yet, and what of it was written down as spent. */
export function Spendings({ toSpend, spendings, now, requestKey, momentKey, reply }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("finance.toSpend") + waiting(locale, toSpend)}>
      {toSpend.length === 0 ? <EmptyState title={t("finance.nothingToSpend")} /> : null}
      <ul className="grid gap-4">
        {toSpend.map((row) => (
          <li key={row.lineId + row.fund.id}>
            <SpendingForm
              row={row}
              now={now}
              requestKey={requestKey}
              reply={replyTo(reply, "lineId", row.lineId)}
            />
          </li>
        ))}
      </ul>
      {spendings.length > 0 ? (
        <ul className="mt-4 grid gap-3">
          {spendings.map(({ spending, mine, ...row }) => (
            <li key={spending.id}>
              <VoucherCard
                title={`${spending.code} · ${wordsIn(locale, row.itemHans, row.itemHant)} · ${money(locale, spending.amountFen)}`}
                note={`${row.needCode} · ${spending.payee} · ${spending.voucherNumber}`}
                state={spending.state}
                mine={mine}
                field={{ name: "spendingId", value: spending.id }}
                intents={{ yes: "approveSpending", no: "rejectSpending" }}
                moment={{ step: "spent", at: spending.spentOn, now, requestKey: momentKey, reply }}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
