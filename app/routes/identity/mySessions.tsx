import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { endMySession, mySessions } from "~/domain/identity/endSessions.server";
import { act, load } from "~/http/answer.server";
import { type RouteArgs, sessionsFor } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page, Tag } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.sessionsTitle" };

const EndInput = z.object({ sessionId: z.string().regex(/^[\da-f]{64}$/) });

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    sessions: await mySessions(ctx, sessionsFor(args.context.runtime).idOf(args.request)),
    messages: messagesFor(ctx.locale, ["account", "identity"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(EndInput, async (ctx, { sessionId }) => {
      await endMySession(ctx, sessionId);
      return doneAt(paths(ctx.locale).mySessions(), "done.sessionEnded");
    }),
  });

export default function MySessions() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { sessions } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("account.sessionsTitle")}
      lead={t("account.sessionsLead")}
      crumbs={[{ label: t("identity.meTitle"), to: at.me() }]}
    >
      <FormErrors reply={reply} />
      <ul className="grid gap-3">
        {sessions.map((session) => (
          <li key={session.id}>
            <Card className="flex flex-wrap items-center justify-between gap-3">
              <div>
                <p className="font-semibold">
                  {t("account.signedInAt", { time: moment(locale, session.createdAt) })}
                </p>
                <p className="text-2 text-muted">
                  {t("account.lastUsedAt", { time: moment(locale, session.lastSeenAt) })}
                </p>
              </div>
              {session.isThis ? (
                <Tag tone="info">{t("account.thisDevice")}</Tag>
              ) : (
                <Form method="post">
                  <input type="hidden" name="sessionId" value={session.id} />
                  <Button look="secondary">{t("account.endSession")}</Button>
                </Form>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
