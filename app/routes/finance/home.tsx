import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { financeHome } from "~/domain/payments/queries.server";
import {
  OnePurchase,
  OneRefund,
  OneSpending,
  RecordPurchaseInput,
  RecordSpendingInput,
  SettleTaskInput,
} from "~/domain/payments/schemas";
import { decideSpending, recordSpending } from "~/domain/payments/spendings.server";
import { decideRefund, settleTask } from "~/domain/payments/settleTask.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { replyOf } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput, money } from "~/i18n/format";
import { wordsIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { DecideCard } from "~/ui/finance/DecideCard";
import { PurchaseForm } from "~/ui/finance/PurchaseForm";
import { SpendingForm } from "~/ui/finance/SpendingForm";
import { TaskCard } from "~/ui/finance/TaskCard";
import { VoucherCard } from "~/ui/finance/VoucherCard";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await financeHome(ctx)),
    now: localInput(ctx.now()),
    requestKey: ctx.newId(),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["finance", "store", "moments"]),
  }));

export const action = (args: RouteArgs) => {
  const done = (ctx: UseCaseContext, key: DoneKey) => doneAt(paths(ctx.locale).finance(), key);
  const then = <S extends z.ZodType>(
    schema: S,
    key: DoneKey,
    work: (ctx: UseCaseContext, input: z.output<S>) => Promise<unknown>,
  ) => small(schema, (ctx, input) => work(ctx, input).then(() => done(ctx, key)));
  return act(
    args,
    asOneOf("finance"),
    RecordPurchaseInput,
    (ctx, input) => recordPurchase(ctx, input).then(() => done(ctx, "done.purchaseNoted")),
    {
      approve: then(OnePurchase, "done.approved", (ctx, { purchaseId }) =>
        decidePurchase(ctx, purchaseId, "approve"),
      ),
      reject: then(OnePurchase, "done.refused", (ctx, { purchaseId }) =>
        decidePurchase(ctx, purchaseId, "reject"),
      ),
      spend: then(RecordSpendingInput, "done.spendingNoted", recordSpending),
      approveSpending: then(OneSpending, "done.approved", (ctx, { spendingId }) =>
        decideSpending(ctx, spendingId, "approve"),
      ),
      rejectSpending: then(OneSpending, "done.refused", (ctx, { spendingId }) =>
        decideSpending(ctx, spendingId, "reject"),
      ),
      approveRefund: then(OneRefund, "done.approved", (ctx, { refundId }) =>
        decideRefund(ctx, refundId, "approve"),
      ),
      rejectRefund: then(OneRefund, "done.refused", (ctx, { refundId }) =>
        decideRefund(ctx, refundId, "reject"),
      ),
      ...momentIntent((at) => at.finance()),
      settle: then(SettleTaskInput, "done.taskSettled", settleTask),
    },
  );
};

export default function Finance() {
  const t = useT();
  const locale = useLocale();
  const { toSpend, spendings, toBuy, recorded, tasks, toRefund, now, requestKey, momentKey } =
    useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("finance.title")}>
      <FormErrors reply={reply} />
      <Section title={t("finance.tasks")}>
        {tasks.length === 0 ? <EmptyState title={t("finance.noTasks")} /> : null}
        <ul className="grid gap-3">
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} requestKey={requestKey} reply={replyTo(reply, "taskId", task.id)} />
            </li>
          ))}
        </ul>
      </Section>
      {toRefund.length > 0 ? (
        <Section title={t("finance.refunds")}>
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
      ) : null}
      <Section title={t("finance.toSpend")}>
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
      <Section title={t("finance.toBuy")}>
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
    </Page>
  );
}
