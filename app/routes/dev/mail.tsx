import { useLoaderData } from "@remix-run/react";
import { myMessages } from "~/domain/giving/queries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    letters: (await myMessages(ctx)).map((message) => ({ id: message.id, at: message.createdAt, ...wordsOfMail({ ...message, locale: ctx.locale }) })),
    messages: messagesFor(ctx.locale, ["demo"]),
  }));

export default function DemoMail() {
  const t = useT();
  const locale = useLocale();
  const { letters } = useLoaderData<typeof loader>();
  return (
    <Page title={t("demo.mailTitle")} lead={t("demo.mailLead")}>
      {letters.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <ul className="grid gap-3">
        {letters.map((letter) => (
          <li key={letter.id}>
            <Card>
              <p className="font-semibold">{letter.subject}</p>
              <p className="text-2 text-muted">{moment(locale, letter.at)}</p>
              <p className="mt-2 break-words">{letter.text}</p>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
