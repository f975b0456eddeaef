import { Form } from "@remix-run/react";
import { moment } from "~/i18n/format";
import { wordsIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "../primitives/AskFirst";
import { Button } from "../primitives/Button";
import { Card } from "../primitives/Page";
import { Reasons } from "./Reasons";

type Row = Readonly<{
  allocation: Readonly<{
    id: string;
    quantity: bigint;
    score: number;
    reasons: Record<string, number>;
    expiresAt: Date;
  }>;
  label: string;
  needCode: string;
  item: string;
  itemHant: string;
  mine: boolean;
}>;

/** A proposal that waits: a second person decides it, whoever made it can take it back. */
export function ProposalCard({ row }: { row: Row }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li>
      <Card>
        <p className="font-semibold" lang="zh-Hans">
          {row.label} → {row.needCode} · {wordsIn(locale, row.item, row.itemHant)} ×{" "}
          {String(row.allocation.quantity)}
        </p>
        <Reasons reasons={row.allocation.reasons} score={row.allocation.score} />
        <p className="text-2 text-muted">
          {t("matching.keptUntil", { time: moment(locale, row.allocation.expiresAt) })}
        </p>
        <Form method="post" className="mt-3 flex flex-wrap gap-3">
          <input type="hidden" name="allocationId" value={row.allocation.id} />
          {row.mine ? (
            <Button look="quiet" name="intent" value="withdraw">
              {t("matching.withdraw")}
            </Button>
          ) : (
            <>
              <Button name="intent" value="approve">
                {t("matching.approve")}
              </Button>
              <AskFirst
                name="intent"
                value="reject"
                label={t("matching.reject")}
                says={t("matching.rejectSays")}
              />
            </>
          )}
        </Form>
      </Card>
    </li>
  );
}
