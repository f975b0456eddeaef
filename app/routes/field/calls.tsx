import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { itemName } from "~/domain/directory/items.server";
import { AnswerPushInput, answerPush, callList } from "~/domain/directory/screening/push.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { replyOf, replyTo } from "~/http/reply";
import { day } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { ChoiceField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Tag } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, next } = await callList(ctx, idInQuery(args, "after"));
    return {
      rows: rows.map(({ push, code, ...item }) => ({ ...push, household: code, item: itemName(ctx.locale, item) })),
      next: next && paths(ctx.locale).calls(next),
      messages: messagesFor(ctx.locale, ["push", "intake"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, AnswerPushInput, async (ctx, input) => {
    const { householdId, itemCode } = await answerPush(ctx, input);
    const at = paths(ctx.locale);
    return redirect(input.answer === "interest" ? at.newReferral({ household: householdId, item: itemCode }) : at.calls());
  });

export default function Calls() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { rows, next } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("push.callsTitle")} lead={t("push.callsLead")} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      {rows.length === 0 ? <EmptyState title={t("push.none")} /> : null}
      <ul className="grid gap-4">
        {rows.map((push) => {
          const answered = replyTo(reply, "pushId", push.id);
          return (
            <li key={push.id}>
              <Card>
                <p className="flex flex-wrap items-center gap-2 text-1 text-muted">
                  {push.household} · {t(`push.why_${push.trigger}`)} · {t("push.queuedOn", { day: day(locale, push.createdAt) })}
                  <Tag tone={push.state === "call_list" ? "wait" : "info"}>{t(`push.state_${push.state}`)}</Tag>
                </p>
                <h2 className="mt-1 text-4" lang={locale === "en" ? "en" : langOfWords(locale)}>
                  {push.item}
                </h2>
                <p className="mt-2 flex flex-wrap gap-3">
                  <LinkButton look="secondary" to={at.household(push.householdId)}>
                    {t("push.openFirst")}
                  </LinkButton>
                </p>
                <details className="mt-2" open={answered !== undefined}>
                  <summary className="min-h-tap cursor-pointer content-center font-semibold text-brand">{t("push.answer")}</summary>
                  <Form method="post" className="mt-2 grid gap-3">
                    <FormErrors reply={answered} />
                    <input type="hidden" name="pushId" value={push.id} />
                    <input type="hidden" name="version" value={push.version} />
                    <ChoiceField
                      name="answer"
                      label={t("push.answer")}
                      columns={3}
                      options={(["interest", "decline", "no_answer"] as const).map((answer) => ({ value: answer, label: t(`push.answer_${answer}`) }))}
                      reply={answered}
                    />
                    <Button look="secondary">{t("push.record")}</Button>
                  </Form>
                </details>
              </Card>
            </li>
          );
        })}
      </ul>
      <Pagination next={next} />
    </Page>
  );
}
