import { useLocation } from "@remix-run/react";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon, type IconName } from "../icons/Icon";
import { Kept } from "./Kept";
import { useIsSignedIn, useRoot } from "./useRoot";
import { workLinks } from "./workLinks";

type Tab = Readonly<{ to: string; label: MessageKey; sign: IconName }>;

/** The signs of a worker's own places: their day, and the two rooms that come first in their roles. */
const OWN_SIGNS: readonly IconName[] = ["clock", "check", "forward"];

/**
 * On phones the four places within reach of a thumb: of whoever works here, those of their own work. In elder
 * mode nothing sticks to the screen, so it is not there.
 */
export function BottomBar() {
  const locale = useLocale();
  const { pathname } = useLocation();
  const isSignedIn = useIsSignedIn();
  const roles = useRoot()?.frame.roles ?? [];
  const home = paths(locale).home();
  const tabs = tabsFor(locale, isSignedIn, roles);
  const here = tabs
    .map(({ to }) => to)
    .filter((to) => (to === home ? pathname === to : pathname.startsWith(to)));
  return (
    <Kept of={["bottom", locale, isSignedIn, roles, here]}>
      <Tabs tabs={tabs} here={here} />
    </Kept>
  );
}

function tabsFor(
  locale: Locale,
  isSignedIn: boolean,
  roles: Parameters<typeof workLinks>[0],
): readonly Tab[] {
  const at = paths(locale);
  const [day, ...rooms] = workLinks(roles, locale);
  if (day?.to === at.work())
    return [
      ...[day, ...rooms].slice(0, OWN_SIGNS.length).map((room, index): Tab => ({
        ...room,
        sign: OWN_SIGNS[index] ?? "info",
      })),
      { to: at.me(), label: "shell.me", sign: "me" },
    ];
  return [
    { to: at.home(), label: "shell.home", sign: "home" },
    { to: at.wishes(), label: "shell.wishes", sign: "heart" },
    { to: at.helpMe(), label: "shell.helpMe", sign: "help" },
    isSignedIn
      ? { to: at.gifts(), label: "shell.gifts", sign: "me" }
      : { to: at.signIn(), label: "shell.me", sign: "me" },
  ];
}

function Tabs({ tabs, here }: { tabs: readonly Tab[]; here: readonly string[] }) {
  const t = useT();
  return (
    <nav
      aria-label={t("shell.shortcuts")}
      className="no-print fixed inset-x-0 bottom-0 z-10 grid grid-cols-4 border-t-(length:--border) border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden elder:hidden"
    >
      {tabs.map(({ to, label, sign }) => (
        <a
          key={to}
          href={to}
          aria-current={here.includes(to) ? "page" : undefined}
          className="flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 text-center text-1 leading-tight text-muted aria-[current]:font-bold aria-[current]:text-brand"
        >
          <Icon name={sign} className="size-6" />
          {t(label)}
        </a>
      ))}
    </nav>
  );
}
