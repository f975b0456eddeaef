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
import { decideRefund, settleTask } from "~/domain/payments/settleTask.server";
import { decideSpending, recordSpending } from "~/domain/payments/spendings.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Purchases } from "~/ui/finance/Purchases";
import { RefundsToDecide } from "~/ui/finance/RefundsToDecide";
import { Spendings } from "~/ui/finance/Spendings";
import { TaskCard } from "~/ui/finance/TaskCard";
import { waiting } from "~/ui/finance/waiting";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "finance.title" };

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
  ) => form(schema, (ctx, input) => work(ctx, input).then(() => done(ctx, key)));
  return act(args, asOneOf("finance"), {
    default: form(RecordPurchaseInput, (ctx, input) =>
      recordPurchase(ctx, input).then(() => done(ctx, "done.purchaseNoted")),
    ),
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
  });
};

export default function Finance() {
  const t = useT();
  const locale = useLocale();
  const page = useLoaderData<typeof loader>();
  const { tasks, toRefund, requestKey } = page;
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("finance.title")}>
      <FormErrors reply={reply} />
      <Section title={t("finance.tasks") + waiting(locale, tasks)}>
        {tasks.length === 0 ? <EmptyState title={t("finance.noTasks")} /> : null}
        <ul className="grid gap-3">
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} requestKey={requestKey} reply={replyTo(reply, "taskId", task.id)} />
            </li>
          ))}
        </ul>
      </Section>
      {toRefund.length > 0 ? <RefundsToDecide toRefund={toRefund} /> : null}
      <Spendings {...page} reply={reply} />
      <Purchases {...page} reply={reply} />
    </Page>
  );
}
