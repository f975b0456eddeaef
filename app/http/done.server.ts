import { redirect, type TypedResponse } from "@remix-run/node";
import { readWholeNumber } from "~/domain/kernel/typed/readNumber";
import type { Locale } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { makeT } from "~/i18n/translate";
import { cookieOf } from "~/session/cookieOf";

export type DoneKey = Extract<MessageKey, `done.${string}`>;

/** Long enough for a slow phone to fetch the next page; read once, then gone. */
const KEPT_SECONDS = 60;
const isDoneKey = (text: string): text is DoneKey => Object.hasOwn(messagesFor("zh-Hans", ["done"]), text);
/** Between the name of a sentence and the numbers that it says: one of the signs that `cookieOf` reads. */
const THEN = "-";

/** The numbers of a sentence of many at once: how many were done, and how many could not be. */
type Counts = Readonly<{ n: number; m: number }>;
const cookieSaying = (value: string, seconds: number) =>
  `done=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;

/**
 * Goes to the page that follows an act and says there, once, what was done. The cookie carries the name of a
 * sentence and its numbers, nothing else.
 */
export function doneAt(to: string, key: DoneKey, headers: Headers = new Headers()): TypedResponse<never> {
  headers.append("Set-Cookie", cookieSaying(key, KEPT_SECONDS));
  return redirect(to, { headers });
}

/** The same where one press did many things. */
export function manyDoneAt(to: string, key: DoneKey, { n, m }: Counts): TypedResponse<never> {
  return redirect(to, { headers: { "Set-Cookie": cookieSaying([key, n, m].join(THEN), KEPT_SECONDS) } });
}

/**
 * What the reader has just done, in words, for the page at this path; and the cookie that forgets it. Nothing
 * where a sentence says numbers and they are not there.
 */
export function readDone(
  request: Request,
  locale: Locale,
): Readonly<{ text: string; at: string; forget: string }> | undefined {
  const [key = "", ...numbers] = cookieOf(request, "done").split(THEN);
  if (!isDoneKey(key)) return undefined;
  const [n, m] = numbers.map(readWholeNumber);
  const words = messagesFor(locale, ["done"]);
  const counted = n !== undefined && m !== undefined;
  if (!counted && words[key]?.includes("{")) return undefined;
  return {
    text: makeT(words)(key, counted ? { n, m } : {}),
    at: new URL(request.url).pathname,
    forget: cookieSaying("", 0),
  };
}
