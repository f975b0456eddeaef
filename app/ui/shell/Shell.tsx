import { Form, Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { LOCALE_NAMES, LOCALES } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths, samePageIn } from "~/paths";
import { Heart } from "../icons/Heart";
import { useRoot } from "./useRoot";
import { workLinks } from "./workLinks";

const LINK = "inline-flex min-h-tap items-center px-2 text-2 text-ink hover:text-brand";

/** Header, demo banner, page, footer, and on phones the bar at the bottom. The same on every page and in every mode. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useT();
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:bg-surface focus:p-4">
        {t("shell.skip")}
      </a>
      <Header />
      {children}
      <Footer />
      <BottomBar />
    </>
  );
}

/** In elder mode the first thing on every page is a person to talk to. */
function ElderPhone({ phone }: { phone: string }) {
  const t = useT();
  return (
    <a href={`tel:${phone}`} className="no-print flex min-h-tap items-center justify-center gap-3 bg-brand px-4 py-3 text-4 font-bold text-on-brand">
      <span aria-hidden="true">☎</span>
      {t("shell.callUs")} <span className="whitespace-nowrap">{phone}</span>
    </a>
  );
}

function Header() {
  const t = useT();
  const root = useRoot();
  const at = paths(useLocale());
  const elder = root?.look.size === "elder";
  return (
    <header className="no-print border-b-(length:--border) border-line bg-surface">
      {root?.place.isDemo ? <p className="bg-gold-soft px-4 py-2 text-center text-2 text-gold">{t("shell.demoBanner")}</p> : null}
      {elder ? <ElderPhone phone={root.place.phoneLine} /> : null}
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-4 px-4 py-2">
        <Link to={at.home()} className="flex min-h-tap items-center gap-2 text-4 font-bold">
          <Heart className="size-8 text-brand" />
          {t("shell.name")}
        </Link>
        <nav aria-label={t("shell.mainMenu")} className="flex flex-wrap items-center">
          <Link to={at.accessibility()} className={LINK}>
            {t("shell.accessible")}
          </Link>
          <Form method="post" action={at.preferences()}>
            <input type="hidden" name="size" value={elder ? "normal" : "elder"} />
            <button className={`${LINK} cursor-pointer`}>{elder ? t("shell.elderOff") : t("shell.elder")}</button>
          </Form>
          <Languages />
          {root?.user ? (
            <Link to={at.me()} className={`${LINK} font-semibold`}>
              {t("shell.me")}
            </Link>
          ) : (
            <Link to={at.signIn()} className={`${LINK} font-semibold`}>
              {t("shell.signIn")}
            </Link>
          )}
        </nav>
      </div>
      <WorkBar />
    </header>
  );
}

function Languages() {
  const here = useLocale();
  const { pathname, search } = useLocation();
  return (
    <span className="flex">
      {LOCALES.filter((locale) => locale !== here).map((locale) => (
        <a key={locale} href={samePageIn(locale, pathname, search)} lang={locale} hrefLang={locale} className={LINK}>
          {LOCALE_NAMES[locale]}
        </a>
      ))}
    </span>
  );
}

/** The rooms of the roles that the reader holds. */
function WorkBar() {
  const t = useT();
  const locale = useLocale();
  const root = useRoot();
  const links = workLinks(root?.user?.roles ?? [], locale);
  if (links.length === 0) return null;
  return (
    <nav aria-label={t("shell.work")} className="border-t-(length:--border) border-line bg-sunken">
      <div className="mx-auto flex max-w-6xl flex-wrap px-2">
        {links.map((link) => (
          <Link key={link.to} to={link.to} className={LINK}>
            {t(link.label)}
          </Link>
        ))}
      </div>
    </nav>
  );
}

function Footer() {
  const t = useT();
  const root = useRoot();
  const at = paths(useLocale());
  const links = [
    [at.wishes(), t("shell.wishes")],
    [at.list("government"), t("shell.lists")],
    [at.points(), t("shell.points")],
    [at.open(), t("shell.open")],
    [at.accessibility(), t("shell.accessibilityStatement")],
  ] as const;
  return (
    <footer className="no-print mt-12 border-t-(length:--border) border-line bg-sunken pb-24 sm:pb-0">
      <div className="mx-auto max-w-6xl px-4 py-8">
        <p className="max-w-measure">{t("shell.footerPhone", { phone: root?.place.phoneLine ?? "" })}</p>
        <nav aria-label={t("shell.footerMenu")} className="mt-3 flex flex-wrap">
          {links.map(([to, label]) => (
            <Link key={to} to={to} className={`${LINK} -ml-2 mr-2 underline underline-offset-4`}>
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}

function BottomBar() {
  const t = useT();
  const at = paths(useLocale());
  const { pathname } = useLocation();
  const root = useRoot();
  const tabs = [
    [at.home(), t("shell.home"), "⌂"],
    [at.wishes(), t("shell.wishes"), "♡"],
    [at.helpMe(), t("shell.helpMe"), "☎"],
    [root?.user ? at.gifts() : at.basket(), root?.user ? t("shell.gifts") : t("shell.basket"), "▣"],
  ] as const;
  return (
    <nav aria-label={t("shell.shortcuts")} className="no-print fixed inset-x-0 bottom-0 z-10 grid grid-cols-4 border-t-(length:--border) border-line bg-surface sm:hidden elder:static">
      {tabs.map(([to, label, sign]) => (
        <Link key={to} to={to} aria-current={pathname === to ? "page" : undefined} className={`flex min-h-tap flex-col items-center justify-center py-1 text-1 ${pathname === to ? "font-bold text-brand" : "text-muted"}`}>
          <span aria-hidden="true" className="text-4 leading-none">
            {sign}
          </span>
          {label}
        </Link>
      ))}
    </nav>
  );
}
