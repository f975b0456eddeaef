import { useLoaderData } from "@remix-run/react";
import { myLetters } from "~/domain/identity/letters.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { moment } from "~/i18n/format";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const gone = serverT(ctx.locale, ["account"])("account.mailLinkGone");
    return {
      letters: (await myLetters(ctx)).map(({ id, createdAt, template, data }) => ({
        id,
        at: createdAt,
        ...wordsOfMail({ locale: ctx.locale, template, data: { link: gone, ...data } }),
      })),
      messages: messagesFor(ctx.locale, ["demo"]),
    };
  });

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
              <p className="mt-2 break-words">{withLinks(letter.text)}</p>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** A letter as a mail program shows it: addresses can be followed. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <a key={part} href={part} className="text-brand underline underline-offset-4">
        {part}
      </a>
    ),
  );
