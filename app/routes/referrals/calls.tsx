import { useActionData, useLoaderData } from "@remix-run/react";
import { itemName } from "~/domain/lists/items.server";
import { answerPush, AnswerPushInput, callList } from "~/domain/screening/push.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { replyTo } from "~/ui/primitives/replyTo";
import { CallRow } from "~/ui/sheet/CallRow";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "push.callsTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, next } = await callList(ctx, idInQuery(args, "after"));
    return {
      rows: rows.map(({ push, code, ...item }) => ({
        ...push,
        household: code,
        item: itemName(ctx.locale, item),
      })),
      next: next && paths(ctx.locale).calls(next),
      messages: messagesFor(ctx.locale, ["push", "intake", "sheet"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: form(AnswerPushInput, async (ctx, input) => {
      const { householdId, itemCode } = await answerPush(ctx, input);
      const at = paths(ctx.locale);
      return doneAt(
        input.answer === "interest" ? at.newReferral({ household: householdId, item: itemCode }) : at.calls(),
        "done.pushAnswered",
      );
    }),
  });

export default function Calls() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { rows, next } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  // One call tells a household everything that is new for it.
  const homes = [...new Set(rows.map((push) => push.householdId))].map((id) =>
    rows.filter((push) => push.householdId === id),
  );
  return (
    <Page
      title={t("push.callsTitle")}
      lead={t("push.callsLead")}
      crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}
    >
      {rows.some(({ id }) => replyTo(reply, "pushId", id)) ? null : <FormErrors reply={reply} />}
      {rows.length === 0 ? <EmptyState title={t("push.none")} /> : null}
      <ul className="grid gap-4">
        {homes.map(([first, ...others]) =>
          first ? (
            <li key={first.householdId}>
              <Card>
                <div className="flex flex-wrap items-center justify-between gap-3">
                  <h2 className="text-4">
                    {t("sheet.household")} {first.household}
                  </h2>
                  <LinkButton look="secondary" to={at.household(first.householdId)}>
                    {t("push.openFirst")}
                  </LinkButton>
                </div>
                <ul className="mt-2">
                  {[first, ...others].map((push) => (
                    <CallRow key={push.id} push={push} reply={replyTo(reply, "pushId", push.id)} />
                  ))}
                </ul>
              </Card>
            </li>
          ) : null,
        )}
      </ul>
      <Pagination next={next} />
    </Page>
  );
}
