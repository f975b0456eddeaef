import { useLocation } from "@remix-run/react";
import { LOCALE_NAMES } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Heart } from "../icons/Heart";
import { Icon } from "../icons/Icon";
import { Link } from "../primitives/Link";
import { ElderHead } from "./ElderHead";
import { Kept } from "./Kept";
import { ReadAloud } from "./ReadAloud";
import { roomOf } from "./roomOf";
import { LanguageLinks, LookSwitch, TOOL } from "./Tools";
import { useIsSignedIn, useRoot } from "./useRoot";
import { workLinks } from "./workLinks";

const ROW = "mx-auto flex max-w-6xl flex-wrap items-center px-4 sm:px-6";
/**
 * The head of every page, as on a city portal: ways to read and languages on top, then the mark, the rooms of
 * the house and who is signed in.
 */
export function Header() {
  const root = useRoot();
  const t = useT();
  const elder = root?.look.size === "elder";
  return (
    <header className="no-print border-b-(length:--border) border-line bg-surface">
      {root?.place.isDemo ? (
        <p className="bg-gold-soft px-4 py-1.5 text-center text-1 text-gold">{t("shell.demoBanner")}</p>
      ) : null}
      {elder ? (
        <ElderHead />
      ) : (
        <>
          <Tools />
          <MainRow />
          <WorkRow />
        </>
      )}
    </header>
  );
}

function Tools() {
  const t = useT();
  const here = useLocale();
  const root = useRoot();
  return (
    <div className="border-b-(length:--border) border-line bg-sunken">
      <div className={`${ROW} justify-between`}>
        <p className="hidden text-2 text-muted md:block">
          {root ? t("shell.platform", { city: root.place.city }) : null}
        </p>
        <nav aria-label={t("shell.tools")} className="-mx-2 flex flex-1 flex-wrap items-center md:flex-none">
          <a href={paths(here).accessibility()} className={TOOL}>
            {t("shell.accessible")}
          </a>
          <LookSwitch isElder={false} />
          {root?.look.contrast === "more" ? <ReadAloud /> : null}
          <span className="ml-auto flex md:ml-4">
            <LanguageLinks names={LOCALE_NAMES} />
          </span>
        </nav>
      </div>
    </div>
  );
}

function MainRow() {
  const root = useRoot();
  const locale = useLocale();
  const at = paths(locale);
  const { pathname } = useLocation();
  const here = roomOf(pathname, [at.wishes(), at.helpMe(), at.points(), at.open()]);
  const basket = root?.frame.basket ?? 0;
  const isSignedIn = useIsSignedIn();
  return (
    <Kept of={["main", locale, here, basket, isSignedIn]}>
      <Rooms here={here} basket={basket} isSignedIn={isSignedIn} />
    </Kept>
  );
}

function Rooms({
  here,
  basket,
  isSignedIn,
}: Readonly<{ here: string | undefined; basket: number; isSignedIn: boolean }>) {
  const t = useT();
  const at = paths(useLocale());
  const rooms = [
    [at.wishes(), t("shell.seeWishes")],
    [at.helpMe(), t("shell.helpMe")],
    [at.points(), t("shell.points")],
    [at.open(), t("shell.open")],
  ] as const;
  return (
    <div className={`${ROW} justify-between gap-x-6 py-2 md:py-3`}>
      <a href={at.home()} className="flex min-h-tap items-center gap-2.5 text-5 font-bold">
        <Heart className="size-9 text-brand" />
        {t("shell.name")}
      </a>
      <nav aria-label={t("shell.mainMenu")} className="hidden flex-1 flex-wrap md:flex">
        {rooms.map(([to, label]) => (
          <a
            key={to}
            href={to}
            aria-current={to === here ? "page" : undefined}
            className="inline-flex min-h-tap items-center rounded-sm px-3 font-semibold hover:text-brand aria-[current]:text-brand aria-[current]:underline aria-[current]:decoration-2 aria-[current]:underline-offset-8"
          >
            {label}
          </a>
        ))}
      </nav>
      <div className="flex items-center gap-1">
        <Link
          to={at.basket()}
          aria-label={t("shell.basketOf", { n: basket })}
          className="relative inline-flex min-h-tap min-w-tap items-center justify-center rounded-md hover:bg-brand-soft"
        >
          <Icon name="basket" className="size-7" />
          {basket > 0 ? (
            <span className="tabular absolute top-0.5 right-0 grid h-5 min-w-5 place-items-center rounded-full bg-brand px-1 text-1 leading-none font-bold text-on-brand">
              {basket}
            </span>
          ) : null}
        </Link>
        <Link
          to={isSignedIn ? at.me() : at.signIn()}
          className="inline-flex min-h-tap items-center gap-1.5 rounded-md px-3 font-semibold hover:bg-brand-soft"
        >
          <Icon name="me" className="size-6" />
          {isSignedIn ? t("shell.me") : t("shell.signIn")}
        </Link>
      </div>
    </div>
  );
}

/** The rooms of the roles that the reader holds. */
function WorkRow() {
  const locale = useLocale();
  const root = useRoot();
  const { pathname } = useLocation();
  const roles = root?.frame.roles ?? [];
  const links = workLinks(roles, locale);
  if (links.length === 0) return null;
  const here = roomOf(
    pathname,
    links.map(({ to }) => to),
  );
  return (
    <Kept of={["work", locale, here, roles]}>
      <WorkRooms links={links} here={here} />
    </Kept>
  );
}

function WorkRooms({
  links,
  here,
}: Readonly<{ links: ReturnType<typeof workLinks>; here: string | undefined }>) {
  const t = useT();
  return (
    <nav aria-label={t("shell.work")} className="border-t-(length:--border) border-line bg-sunken">
      <div className={ROW}>
        <div className="-mx-2 flex flex-wrap gap-x-1">
          {links.map((link) => (
            <Link
              key={link.to}
              to={link.to}
              aria-current={link.to === here ? "page" : undefined}
              className={`${TOOL} aria-[current]:font-bold aria-[current]:text-brand`}
            >
              {t(link.label)}
            </Link>
          ))}
        </div>
      </div>
    </nav>
  );
}
