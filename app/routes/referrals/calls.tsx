import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { itemName } from "~/domain/lists/items.server";
import {
  answerCall,
  AnswerCallInput,
  CallInput,
  callList,
  phoneToCall,
} from "~/domain/screening/push.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { manyDoneAt } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { replyTo } from "~/ui/primitives/replyTo";
import { CallCard } from "~/ui/referrals/CallCard";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "push.callsTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { rows, next } = await callList(ctx, idInQuery(args, "after"));
    return {
      homes: rows.map(({ news, ...home }) => ({
        ...home,
        news: news.map(({ push, ...item }) => ({ ...push, item: itemName(ctx.locale, item) })),
      })),
      next: next && paths(ctx.locale).calls(next),
      messages: messagesFor(ctx.locale, ["push", "intake", "sheet"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: form(AnswerCallInput, async (ctx, input) => {
      const { wanted } = await answerCall(ctx, input);
      const at = paths(ctx.locale);
      const [item] = wanted;
      const counts = { n: input.news.length, m: wanted.length };
      return item === undefined
        ? manyDoneAt(at.calls(), "done.callNoted", counts)
        : manyDoneAt(
            at.newReferral({ household: input.householdId, item }),
            wanted.length > 1 ? "done.callWantsMany" : "done.callWants",
            counts,
          );
    }),
    call: form(CallInput, async (ctx, { householdId }) =>
      data({ opened: { householdId, phone: await phoneToCall(ctx, householdId) } }),
    ),
  });

export default function Calls() {
  const t = useT();
  const at = paths(useLocale());
  const { homes, next } = useLoaderData<typeof loader>();
  const { reply, opened } = useActionData<typeof action>() ?? {};
  const of = (householdId: string) => replyTo(reply, "householdId", householdId);
  return (
    <Page
      title={t("push.callsTitle")}
      lead={t("push.callsLead")}
      crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}
    >
      {homes.some(({ householdId }) => of(householdId)) ? null : <FormErrors reply={reply} />}
      {homes.length === 0 ? <EmptyState title={t("push.none")} /> : null}
      <ul className="mt-5 grid gap-4">
        {homes.map((home) => (
          <CallCard
            key={home.householdId}
            home={home}
            opened={opened?.householdId === home.householdId ? opened : undefined}
            reply={of(home.householdId)}
          />
        ))}
      </ul>
      <Pagination next={next} />
    </Page>
  );
}
