import { useLoaderData } from "@remix-run/react";
import { demoLettersTo, openDemoBox } from "~/domain/identity/demoLetters.server";
import { myLetters } from "~/domain/identity/letters.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { inQuery } from "~/http/query.server";
import { moment } from "~/i18n/format";
import type { Locale } from "~/i18n/locales";
import { messagesFor, serverT } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { wordsOfText } from "~/integrations/texts/words.server";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "demo.mailTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    // Whoever just signed up has no account yet that could read its letters.
    const to = inQuery(args.request, "to", (box) => openDemoBox(ctx, box));
    const gone = serverT(ctx.locale, ["account"])("account.mailLinkGone");
    return {
      to,
      letters: (await (to === undefined ? myLetters(ctx) : demoLettersTo(ctx, to))).map(
        ({ id, createdAt, channel, template, data }) => ({
          id,
          at: createdAt,
          ...(channel === "text"
            ? textOf(ctx.locale, template, data)
            : wordsOfMail({ locale: ctx.locale, template, data: { link: gone, ...data } })),
        }),
      ),
      messages: messagesFor(ctx.locale, ["demo"]),
    };
  });

/** A text message has no subject: it is called what it is. */
const textOf = (locale: Locale, template: string, data: Readonly<Record<string, string | number>>) => ({
  subject: serverT(locale, ["demo"])("demo.textTitle"),
  text: wordsOfText({ locale, template: template === "entryCode" ? template : "giftNews", data }),
});

export default function DemoMail() {
  const t = useT();
  const locale = useLocale();
  const { to, letters } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("demo.mailTitle")}
      lead={t(to === undefined ? "demo.mailLead" : "demo.mailLeadTo", { email: to ?? "" })}
    >
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
