import { useRouteLoaderData } from "@remix-run/react";
import { useContext } from "react";
import type { Locale } from "./locales";
import type { Translate } from "./translate";
import { WordsContext } from "./Words";

/** `t` for this page: the messages that its loaders sent. */
export const useT = (): Translate => useContext(WordsContext);

/** The language of this page. */
export function useLocale(): Locale {
  const root = useRouteLoaderData<{ locale: Locale }>("root");
  return root?.locale ?? "zh-Hans";
}
