import { Form, useLocation } from "@remix-run/react";
import { useContext } from "react";
import { type Locale, LOCALE_NAMES, LOCALES } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths, switchTo } from "~/paths";
import { StillContext } from "../primitives/Link";

/** A way to read the page, in the head of every page. */
export const TOOL =
  "inline-flex min-h-tap items-center rounded-sm px-2 text-2 text-ink hover:text-brand hover:underline underline-offset-4";

/** The other size: elder, or back to the usual one. */
export function LookSwitch({ isElder }: { isElder: boolean }) {
  const t = useT();
  const locale = useLocale();
  // Through the router where there is one, else kept by the small script: what is being typed stays.
  const LookForm = useContext(StillContext) ? "form" : Form;
  return (
    <LookForm method="post" action={paths(locale).preferences()} data-look="">
      <input type="hidden" name="size" value={isElder ? "normal" : "elder"} />
      <button className={`${TOOL} cursor-pointer`}>
        {isElder ? t("shell.elderOff") : t("shell.elderOn")}
      </button>
    </LookForm>
  );
}

/** The same page in the other languages, each named in its own. */
export function LanguageLinks({ names }: { names: Readonly<Record<Locale, string>> }) {
  const here = useLocale();
  const { pathname, search } = useLocation();
  return LOCALES.filter((locale) => locale !== here).map((locale) => (
    <a
      key={locale}
      href={switchTo(locale, pathname, search)}
      rel="nofollow"
      lang={locale}
      hrefLang={locale}
      aria-label={LOCALE_NAMES[locale]}
      className={TOOL}
    >
      {names[locale]}
    </a>
  ));
}
