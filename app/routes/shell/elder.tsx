import { Link } from "@remix-run/react";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Page } from "~/ui/primitives/Page";
import { useRoot } from "~/ui/shell/useRoot";

export const loader = (args: RouteArgs) => load(args, (ctx) => Promise.resolve({ messages: messagesFor(ctx.locale, ["home"]) }));

const ROW = "flex min-h-24 items-center justify-between gap-4 rounded-lg border-2 border-line-strong bg-surface p-5 text-5 font-bold";

/** Four big rows, a person first. */
export default function Elder() {
  const t = useT();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title={t("shell.elder")}>
      <div className="grid gap-4">
        <a href={`tel:${phone}`} className={`${ROW} bg-brand text-on-brand`}>
          {t("shell.callUs")} <span>{phone}</span>
        </a>
        <Link to={at.helpMe()} className={ROW}>
          {t("home.elderHelp")} <span aria-hidden="true">›</span>
        </Link>
        <Link to={at.list("government")} className={ROW}>
          {t("home.elderLists")} <span aria-hidden="true">›</span>
        </Link>
        <Link to={at.wishes()} className={ROW}>
          {t("home.elderWishes")} <span aria-hidden="true">›</span>
        </Link>
      </div>
    </Page>
  );
}
