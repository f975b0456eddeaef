import { Form } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import type { FinanceTaskKind } from "~db/schema/payments";
import type { TaskResolution } from "~db/schema/paymentVocabulary";
import { Button } from "../primitives/Button";
import { ChoiceField, type Reply, TextField } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Card, Tag } from "../primitives/Page";

export type TaskRow = Readonly<{
  id: string;
  kind: FinanceTaskKind;
  reference: string;
  amountFen: bigint | null;
  giftCode: string | null;
  needCode: string | null;
  refundFen: bigint | null;
  /** What its donor chose for the case that the wish is gone. */
  ifGone: "next_oldest" | "ask_me" | "give_back" | null;
  resolutions: readonly TaskResolution[];
}>;

/** Something only a person of the charity can settle, with the ways in which it may end. */
export function TaskCard({
  task,
  requestKey,
  reply,
}: {
  task: TaskRow;
  requestKey: string;
  reply: Reply | undefined;
}) {
  const t = useT();
  const locale = useLocale();
  return (
    <Card>
      <p>
        <Tag tone="problem">{t(`finance.task_${task.kind}`)}</Tag>{" "}
        {task.amountFen === null ? null : (
          <span className="tabular font-semibold">{money(locale, task.amountFen)}</span>
        )}
      </p>
      <p className="mt-1 text-2 break-all text-muted">
        {[task.giftCode, task.needCode, task.giftCode === null ? task.reference : null]
          .filter(Boolean)
          .join(" → ")}
      </p>
      {task.ifGone ? <p className="text-2">{t(`finance.ifGone_${task.ifGone}`)}</p> : null}
      {task.refundFen === null ? (
        <details className="mt-2" open={reply !== undefined}>
          <summary className="min-h-tap font-semibold text-brand">{t("finance.settle")}</summary>
          <Form method="post" className="mt-2 grid gap-4">
            <RequestKey value={requestKey} reply={reply} />
            <input type="hidden" name="taskId" value={task.id} />
            <ChoiceField
              name="resolution"
              label={t("finance.resolution")}
              reply={reply}
              options={task.resolutions.map((resolution) => ({
                value: resolution,
                label: t(`finance.resolution_${resolution}`),
              }))}
            />
            <TextField
              name="evidence"
              maxLength={LENGTHS.evidence}
              label={t("finance.evidence")}
              optional={task.resolutions.includes("refunded")}
              reply={reply}
            />
            <div>
              <Button name="intent" value="settle">
                {t("finance.settle")}
              </Button>
            </div>
          </Form>
        </details>
      ) : (
        <p className="mt-2">{t("finance.waitingRefund", { sum: money(locale, task.refundFen) })}</p>
      )}
    </Card>
  );
}
