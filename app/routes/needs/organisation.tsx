import { useLoaderData } from "@remix-run/react";
import { organisationPage } from "~/domain/trace/organisationPage.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { entryCodeFrom } from "~/http/ids.server";
import { day } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { WishCard } from "~/ui/needs/WishCard";
import { Card, Facts, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { SendOn } from "~/ui/shell/SendOn";

export const handle: PageHandle = { isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await organisationPage(ctx, entryCodeFrom(args));
    const { creditCode } = page.organisation;
    const at = paths(ctx.locale);
    const name = nameIn(ctx.locale, page.organisation);
    return {
      ...page,
      title: name,
      url: ctx.publicUrl + at.publicOrganisation(creditCode),
      shared: {
        description: name,
        path: at.publicOrganisation(creditCode),
        picture: at.publicOrganisationPictures(creditCode).square,
      },
      messages: messagesFor(ctx.locale, ["wishes", "pictures"]),
    };
  });

export default function Organisation() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { organisation, title, url, waiting, done } = useLoaderData<typeof loader>();
  return (
    <Page
      title={title}
      lead={t("wishes.orgLead")}
      crumbs={[{ label: t("shell.wishes"), to: at.wishes() }]}
      wide
    >
      <Card>
        <Facts
          rows={[
            [t("wishes.orgCreditCode"), organisation.creditCode],
            [t("wishes.orgCertificate"), organisation.certificateNumber],
            [
              t("wishes.orgStands"),
              t(organisation.certified ? "wishes.orgCertified" : "wishes.orgNotCertified", {
                day: day(locale, organisation.certificateTo),
              }),
            ],
          ]}
        />
      </Card>
      <Section title={t("wishes.orgWaiting")}>
        <Cards needs={waiting} none={t("wishes.orgWaitingNone")} />
      </Section>
      {done.length === 0 ? null : (
        <Section title={t("wishes.orgDone")}>
          <Cards needs={done} none="" />
        </Section>
      )}
      <Section title={t("pictures.tellTitle")}>
        <SendOn url={url} text={title} picture={at.publicOrganisationPictures(organisation.creditCode)} />
      </Section>
    </Page>
  );
}

function Cards({
  needs,
  none,
}: Readonly<{ needs: readonly Parameters<typeof WishCard>[0]["wish"][]; none: string }>) {
  if (needs.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
      {needs.map((wish) => (
        <WishCard key={wish.code} wish={wish} />
      ))}
    </div>
  );
}
