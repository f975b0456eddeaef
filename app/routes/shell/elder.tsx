import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon, type IconName } from "~/ui/icons/Icon";
import { Link } from "~/ui/primitives/Link";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useIsSignedIn, useRoot } from "~/ui/shell/useRoot";

export const handle: PageHandle = { title: "shell.elder", isStill: true };

export const loader = (args: RouteArgs) =>
  load(args, (ctx) => Promise.resolve({ messages: messagesFor(ctx.locale, ["home"]) }));

const ROW = "flex min-h-28 items-center gap-5 rounded-lg border-2 p-5 text-5 font-bold";

/** Four big rows, a person first. */
export default function Elder() {
  const t = useT();
  const at = paths(useLocale());
  const root = useRoot();
  const phone = root?.place.phoneLine ?? "";
  const isSignedIn = useIsSignedIn();
  const mine = isSignedIn ? at.gifts() : at.helpMe();
  const rows: readonly (readonly [string, string, IconName])[] = [
    [mine, isSignedIn ? t("shell.gifts") : t("home.elderHelp"), "help"],
    [at.askCallBack(), t("home.elderCallBack"), "phone"],
    [at.list("government"), t("home.elderLists"), "verified"],
    [at.wishes(), t("home.elderWishes"), "heart"],
  ];
  return (
    <Page title={t("shell.elder")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <a
          href={`tel:${phone}`}
          className={`${ROW} flex-wrap border-brand bg-brand text-on-brand hover:bg-brand-hover`}
        >
          <Icon name="phone" className="size-12" />
          <span className="min-w-0">
            {t("shell.callUs")}
            <span className="tabular block text-6">{phone}</span>
          </span>
        </a>
        {rows.map(([to, label, sign]) => (
          <Link key={to} to={to} className={`${ROW} border-line-strong bg-surface hover:border-brand`}>
            <Icon name={sign} className="size-12 text-brand" />
            <span className="min-w-0 flex-1">{label}</span>
            <Icon name="forward" className="size-7" />
          </Link>
        ))}
      </div>
    </Page>
  );
}
