import type { financeHome } from "~/domain/payments/queries.server";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { Section, Tag } from "../primitives/Page";
import { DecideCard } from "./DecideCard";
import { waiting } from "./waiting";

type Props = Pick<Awaited<ReturnType<typeof financeHome>>, "toRefund">;

/** Refunds that one person of finance proposed, for another one to decide. */
export function RefundsToDecide({ toRefund }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Section title={t("finance.refunds") + waiting(locale, toRefund)}>
      <ul className="grid gap-3">
        {toRefund.map((row) => (
          <li key={row.id}>
            <DecideCard
              title={money(locale, row.amountFen)}
              note={`${row.giftCode} → ${row.needCode}`}
              field={{ name: "refundId", value: row.id }}
              yes={{ intent: "approveRefund", label: t("finance.approveRefund") }}
              no={{ intent: "rejectRefund", label: t("finance.rejectRefund") }}
              instead={row.mine ? <Tag tone="wait">{t("finance.state_proposed")}</Tag> : undefined}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
