import { useLocation } from "@remix-run/react";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Icon, type IconName } from "../icons/Icon";
import { Kept } from "./Kept";
import { useIsSignedIn } from "./useRoot";

/**
 * On phones the four places within reach of a thumb. In elder mode nothing sticks to the screen, so it is not
 * there.
 */
export function BottomBar() {
  const locale = useLocale();
  const at = paths(locale);
  const { pathname } = useLocation();
  const isSignedIn = useIsSignedIn();
  const places = [at.home(), at.wishes(), at.helpMe(), isSignedIn ? at.gifts() : at.signIn()];
  const here = places.filter((to) => (to === at.home() ? pathname === to : pathname.startsWith(to)));
  return (
    <Kept of={["bottom", locale, isSignedIn, here]}>
      <Tabs isSignedIn={isSignedIn} here={here} />
    </Kept>
  );
}

function Tabs({ isSignedIn, here }: { isSignedIn: boolean; here: readonly string[] }) {
  const t = useT();
  const at = paths(useLocale());
  const tabs: readonly (readonly [string, string, IconName])[] = [
    [at.home(), t("shell.home"), "home"],
    [at.wishes(), t("shell.wishes"), "heart"],
    [at.helpMe(), t("shell.helpMe"), "help"],
    [isSignedIn ? at.gifts() : at.signIn(), isSignedIn ? t("shell.gifts") : t("shell.me"), "me"],
  ];
  return (
    <nav
      aria-label={t("shell.shortcuts")}
      className="no-print fixed inset-x-0 bottom-0 z-10 grid grid-cols-4 border-t-(length:--border) border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden elder:hidden"
    >
      {tabs.map(([to, label, sign]) => (
        <a
          key={to}
          href={to}
          aria-current={here.includes(to) ? "page" : undefined}
          className="flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 text-center text-1 leading-tight text-muted aria-[current]:font-bold aria-[current]:text-brand"
        >
          <Icon name={sign} className="size-6" />
          {label}
        </a>
      ))}
    </nav>
  );
}
