import { useMatches } from "@remix-run/react";
import { createContext, type ReactNode, useMemo } from "react";
import type { Messages } from "./messages";
import { makeT, type Translate } from "./translate";

export const WordsContext = createContext<Translate>(makeT());

const hasMessages = (data: unknown): data is { messages: Messages } =>
  typeof data === "object" && data !== null && "messages" in data;

/**
 * Gathers the messages that the page's loaders sent, once for the whole page: a list asks for words hundreds
 * of times.
 */
export function Words({ children }: { children: ReactNode }) {
  const matches = useMatches();
  const t = useMemo(
    () => makeT(...matches.flatMap((match) => (hasMessages(match.data) ? [match.data.messages] : []))),
    [matches],
  );
  return <WordsContext.Provider value={t}>{children}</WordsContext.Provider>;
}

/** Words that came with a refusal, for the page that says it: its loaders sent none. */
export function WordsOf({ messages, children }: { messages: Messages; children: ReactNode }) {
  const t = useMemo(() => makeT(messages), [messages]);
  return <WordsContext.Provider value={t}>{children}</WordsContext.Provider>;
}
