import { data } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerCallBack, openCallBack } from "~/domain/callBacks/answerCallBack.server";
import { callBackList } from "~/domain/callBacks/callBackList.server";
import { AnswerCallBackInput, OpenCallBackInput } from "~/domain/callBacks/callBackSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CallBackCard } from "~/ui/callBacks/CallBackCard";
import { FormErrors } from "~/ui/primitives/FormParts";
import { EmptyState, Notice, Page } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "callBacks.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await callBackList(ctx)),
    messages: messagesFor(ctx.locale, ["callBacks"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker", "town_reviewer"), {
    open: form(OpenCallBackInput, async (ctx, { callBackId }) =>
      data({ opened: { callBackId, ...(await openCallBack(ctx, callBackId)) } }),
    ),
    default: form(AnswerCallBackInput, async (ctx, input) => {
      const { ended } = await answerCallBack(ctx, input);
      const at = paths(ctx.locale);
      if (ended === undefined) return doneAt(at.callBacks(), "done.callBackTried");
      // Where something is to be done, whoever answered goes on to look the household up.
      return doneAt(
        ended === "request" || ended === "visit" ? at.requests() : at.callBacks(),
        "done.callBackDone",
      );
    }),
  });

export default function CallBacks() {
  const t = useT();
  const at = paths(useLocale());
  const { rows, hasMore, mayAnswer } = useLoaderData<typeof loader>();
  const { reply, opened } = useActionData<typeof action>() ?? {};
  const of = (id: string) => replyTo(reply, "callBackId", id);
  return (
    <Page
      title={t("callBacks.title")}
      lead={t(mayAnswer ? "callBacks.lead" : "callBacks.adminSees")}
      crumbs={[{ label: t("work.day"), to: at.work() }]}
    >
      {rows.some(({ id }) => of(id)) ? null : <FormErrors reply={reply} />}
      {rows.length === 0 ? <EmptyState title={t("callBacks.empty")} /> : null}
      <ul className="grid gap-4">
        {rows.map((row) => (
          <CallBackCard
            key={row.id}
            row={row}
            mayAnswer={mayAnswer}
            opened={opened?.callBackId === row.id ? opened : undefined}
            reply={of(row.id)}
          />
        ))}
      </ul>
      {hasMore ? <Notice>{t("callBacks.more")}</Notice> : null}
    </Page>
  );
}
