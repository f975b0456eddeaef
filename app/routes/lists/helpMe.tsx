import { useLoaderData } from "@remix-run/react";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { weekHours } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Scene } from "~/ui/icons/Scene";
import { LinkButton } from "~/ui/primitives/Button";
import { Card, Page } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "lists.helpTitle", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, (ctx) =>
    Promise.resolve({
      hours: args.context.runtime.settings.LINE_HOURS,
      messages: messagesFor(ctx.locale, ["lists"]),
    }),
  );

export default function HelpMe() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { hours } = useLoaderData<typeof loader>();
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title={t("lists.helpTitle")} lead={t("lists.helpLead")}>
      <div className="grid gap-5">
        <Card className="flex items-center justify-between gap-6">
          <div>
            <h2 className="text-5">{t("lists.callTitle")}</h2>
            <p className="mt-1 font-semibold">
              {hours
                ? t("lists.callHours", { hours: weekHours(locale, hours) })
                : t("lists.callWorkingHours")}
            </p>
            <p className="mb-4">{t("lists.callText")}</p>
            <PhoneLine phone={phone} big />
            <p className="mt-4">
              <LinkButton look="secondary" to={at.askCallBack()}>
                {t("lists.askCall")}
              </LinkButton>
            </p>
          </div>
          <Scene name="call" className="hidden h-36 w-auto text-brand sm:block elder:hidden" />
        </Card>
        <Card>
          <h2 className="text-5">{t("lists.finderTitle")}</h2>
          <p className="mt-1">{t("lists.finderLead")}</p>
          <p className="mt-4">
            <LinkButton to={at.finder()}>{t("lists.finderStart")}</LinkButton>
          </p>
        </Card>
        <Card>
          <h2 className="text-5">{t("lists.listsTitle")}</h2>
          <p className="mt-1">{t("lists.lead")}</p>
          <p className="mt-4 flex flex-wrap gap-3">
            <LinkButton look="secondary" to={at.lists()} icon="search">
              {t("lists.searchLists")}
            </LinkButton>
            <LinkButton look="quiet" to={at.list("government")}>
              {t("lists.government")}
            </LinkButton>
            <LinkButton look="quiet" to={at.list("social")}>
              {t("lists.social")}
            </LinkButton>
          </p>
        </Card>
        <Card>
          <h2 className="text-5">{t("lists.pointsTitle")}</h2>
          <p className="mt-1">{t("lists.pointsLead")}</p>
          <p className="mt-4">
            <LinkButton look="secondary" to={at.points()}>
              {t("lists.pointsTitle")}
            </LinkButton>
          </p>
        </Card>
      </div>
    </Page>
  );
}
