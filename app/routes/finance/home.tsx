import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { decidePurchase, recordPurchase } from "~/domain/payments/purchases.server";
import { financeHome } from "~/domain/payments/queries.server";
import { RecordPurchaseInput } from "~/domain/payments/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { localInput, money } from "~/i18n/format";
import { wordsIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { PurchaseForm } from "~/ui/finance/PurchaseForm";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Section, Tag } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await financeHome(ctx)),
    now: localInput(ctx.now()),
    keys: Array.from({ length: 100 }, () => ctx.newId()),
    messages: messagesFor(ctx.locale, ["finance"]),
  }));

export const action = (args: RouteArgs) => {
  const decide = (decision: "approve" | "reject") => async (ctx: Parameters<typeof decidePurchase>[0], form: FormData) => {
    await decidePurchase(ctx, String(form.get("purchaseId")), decision);
    return redirect(paths(ctx.locale).finance());
  };
  return act(
    args,
    RecordPurchaseInput,
    async (ctx, input) => {
      await recordPurchase(ctx, input);
      return redirect(paths(ctx.locale).finance());
    },
    { approve: decide("approve"), reject: decide("reject") },
  );
};

export default function Finance() {
  const t = useT();
  const locale = useLocale();
  const { toBuy, recorded, tasks, now, keys } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("finance.title")}>
      <FormErrors reply={reply} />
      {tasks.length > 0 ? (
        <Section title={t("finance.tasks")}>
          <ul className="grid gap-3">
            {tasks.map((task) => (
              <li key={task.id}>
                <Card>
                  <Tag tone="problem">{t(`finance.task_${task.kind}`)}</Tag> <span className="tabular break-all text-2">{task.reference}</span>{" "}
                  {task.amountFen === null ? "" : money(locale, task.amountFen)}
                </Card>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t("finance.toBuy")}>
        {toBuy.length === 0 ? <EmptyState title={t("finance.nothingToBuy")} /> : null}
        <ul className="grid gap-4">
          {toBuy.map((row, index) => (
            <li key={row.pledge.id}>
              <PurchaseForm row={row} now={now} requestKey={keys[index] ?? ""} reply={reply?.values["pledgeId"] === row.pledge.id ? reply : undefined} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("finance.recorded")}>
        <ul className="grid gap-3">
          {recorded.map(({ purchase, mine, ...row }) => (
            <li key={purchase.id}>
              <Card className="flex flex-wrap items-center justify-between gap-3">
                <div>
                  <p className="font-semibold">
                    {purchase.code} · {wordsIn(locale, row.itemHans, row.itemHant)} × {String(purchase.quantity)} · {money(locale, purchase.amountFen)}
                  </p>
                  <p className="text-2 text-muted" lang="zh-Hans">
                    {purchase.supplier} · {purchase.voucherNumber}
                  </p>
                </div>
                {purchase.state === "proposed" && !mine ? (
                  <Form method="post" className="flex gap-2">
                    <input type="hidden" name="purchaseId" value={purchase.id} />
                    <Button name="intent" value="approve">
                      {t("finance.approve")}
                    </Button>
                    <Button look="danger" name="intent" value="reject">
                      {t("finance.reject")}
                    </Button>
                  </Form>
                ) : (
                  <Tag tone={purchase.state === "approved" ? "done" : purchase.state === "rejected" ? "problem" : "wait"}>{t(`finance.state_${purchase.state}`)}</Tag>
                )}
              </Card>
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
