import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { Card, Page } from "~/ui/primitives/Page";
import { useRoot } from "~/ui/shell/useRoot";

export const loader = (args: RouteArgs) => load(args, (ctx) => Promise.resolve({ messages: messagesFor(ctx.locale, ["lists"]) }));

export default function HelpMe() {
  const t = useT();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title={t("lists.helpTitle")} lead={t("lists.helpLead")}>
      <div className="grid gap-5">
        <Card>
          <h2 className="text-5">{t("lists.callTitle")}</h2>
          <p className="mt-1">{t("lists.callText")}</p>
          <a href={`tel:${phone}`} className="mt-4 inline-flex min-h-tap items-center rounded-md bg-brand px-6 text-5 font-bold text-on-brand">
            ☎ {phone}
          </a>
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
        <Card>
          <h2 className="text-5">{t("lists.listsTitle")}</h2>
          <p className="mt-1">{t("lists.lead")}</p>
          <p className="mt-4 flex flex-wrap gap-3">
            <LinkButton look="secondary" to={at.list("government")}>
              {t("lists.government")}
            </LinkButton>
            <LinkButton look="secondary" to={at.list("social")}>
              {t("lists.social")}
            </LinkButton>
          </p>
        </Card>
      </div>
    </Page>
  );
}
