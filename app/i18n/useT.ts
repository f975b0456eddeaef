import { useMatches, useRouteLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { Locale } from "./locales";
import type { Messages } from "./messages";
import { makeT, type Translate } from "./translate";

const hasMessages = (data: unknown): data is { messages: Messages } => typeof data === "object" && data !== null && "messages" in data;

/** `t` for this page: the messages that its loaders sent. */
export function useT(): Translate {
  const matches = useMatches();
  return useMemo(() => makeT(Object.assign({}, ...matches.flatMap((match) => (hasMessages(match.data) ? [match.data.messages] : []))) as Messages), [matches]);
}

/** The language of this page. */
export function useLocale(): Locale {
  const root = useRouteLoaderData<{ locale: Locale }>("root");
  return root?.locale ?? "zh-Hans";
}
