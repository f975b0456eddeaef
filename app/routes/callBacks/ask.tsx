import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { askCallBack } from "~/domain/callBacks/askCallBack.server";
import { AskCallBackInput } from "~/domain/callBacks/callBackSchemas";
import { limit } from "~/domain/kernel/limits.server";
import { formNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { form } from "~/http/pageForm.server";
import { aCode, inQuery } from "~/http/query.server";
import { anybody } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskCallBack } from "~/ui/callBacks/AskCallBack";
import { CallBackAsked } from "~/ui/callBacks/CallBackAsked";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "callBacks.askTitle", isStill: true, isOwn: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { towns } = await formNames(ctx);
    return {
      asked: inQuery(args.request, "done", aCode.read),
      towns: towns.map((town) => ({ value: town.code, label: nameIn(ctx.locale, town) })),
      withinHours: await limit(ctx.db, ctx, "callBackHours"),
      lineHours: args.context.runtime.settings.LINE_HOURS,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["callBacks"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(AskCallBackInput, async (ctx, input) => {
      const { code } = await askCallBack(ctx, input, { clientAddress: args.context.clientAddress });
      return redirect(paths(ctx.locale).askCallBack(code));
    }),
  });

export default function AskForCall() {
  const t = useT();
  const { asked, towns, withinHours, lineHours, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  if (asked && !reply) return <CallBackAsked code={asked} withinHours={withinHours} lineHours={lineHours} />;
  return (
    <Page title={t("callBacks.askTitle")} lead={t("callBacks.askLead")}>
      <AskCallBack towns={towns} requestKey={requestKey} reply={reply} />
    </Page>
  );
}
