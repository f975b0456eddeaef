import { useLocation } from "@remix-run/react";
import { LOCALE_SIGNS } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Heart } from "../icons/Heart";
import { Icon } from "../icons/Icon";
import { Link } from "../primitives/Link";
import { ReadAloud } from "./ReadAloud";
import { roomOf } from "./roomOf";
import { LanguageLinks, LookSwitch } from "./Tools";
import { useIsSignedIn, useRoot } from "./useRoot";
import { workLinks } from "./workLinks";

const ROOM =
  "inline-flex min-h-tap items-center gap-2 px-2 font-semibold hover:text-brand aria-[current]:text-brand aria-[current]:underline";

/**
 * The head of a page in elder mode: first a person to talk to; then the way home, the look and the languages
 * in one row; every room folded into a menu, so that the page itself begins near the top.
 */
export function ElderHead() {
  const t = useT();
  const at = paths(useLocale());
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <>
      <a
        href={`tel:${phone}`}
        className="flex min-h-tap flex-wrap items-center justify-center gap-x-3 bg-brand px-4 py-2 text-4 font-bold text-on-brand"
      >
        <Icon name="phone" className="size-8" />
        <span className="sr-only">{t("shell.callUs")}</span>
        <span aria-hidden="true">{t("shell.call")}</span>
        <span className="tabular min-w-0">{phone}</span>
      </a>
      <div className="relative mx-auto max-w-6xl px-4 sm:px-6">
        <div className="flex flex-wrap items-center pr-20 [&:lang(en)]:pr-24">
          <a href={at.home()} className="flex min-h-tap items-center gap-1.5 pr-1 font-bold">
            <Heart className="size-8 text-brand" />
            <span className="max-sm:[&:lang(en)]:sr-only">{t("shell.name")}</span>
          </a>
          <nav aria-label={t("shell.tools")} className="flex flex-1 flex-wrap items-center justify-end">
            <LookSwitch isElder />
            <LanguageLinks names={LOCALE_SIGNS} />
          </nav>
        </div>
        <details>
          <summary className="absolute top-0 right-2 flex min-h-tap cursor-pointer items-center gap-1.5 px-2 font-bold text-brand">
            {t("shell.menu")}
          </summary>
          <ElderRooms />
        </details>
      </div>
    </>
  );
}

function ElderRooms() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const root = useRoot();
  const isSignedIn = useIsSignedIn();
  const rooms: readonly (readonly [to: string, label: string])[] = [
    [at.wishes(), t("shell.seeWishes")],
    [at.helpMe(), t("shell.helpMe")],
    [at.points(), t("shell.points")],
    [at.basket(), t("shell.basketOf", { n: root?.frame.basket ?? 0 })],
    isSignedIn ? [at.me(), t("shell.me")] : [at.signIn(), t("shell.signIn")],
    ...workLinks(root?.frame.roles ?? [], locale).map(({ to, label }) => [to, t(label)] as const),
  ];
  const here = roomOf(
    useLocation().pathname,
    rooms.map(([to]) => to),
  );
  return (
    <nav aria-label={t("shell.mainMenu")} className="-mx-2 grid grid-cols-2 border-t border-line py-2">
      {rooms.map(([to, label]) => (
        <Link key={to} to={to} aria-current={to === here ? "page" : undefined} className={ROOM}>
          {label}
        </Link>
      ))}
      <ReadAloud />
    </nav>
  );
}
