import { readCode } from "~/domain/kernel/typed/code";
import { readDay } from "~/domain/kernel/typed/day";
import { folded, visible } from "~/domain/kernel/typed/signs";
import { isUuid } from "~/domain/kernel/typed/uuid";
import type { Locale } from "~/i18n/locales";
import { type MessageKey, say } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import type { Reply } from "~/ui/primitives/Field";

/** What a request's address asks, as it was meant: invisible signs and outer blanks away. */
export function searchOf(request: Request): URLSearchParams {
  return new URLSearchParams(
    [...new URL(request.url).searchParams].map(([name, value]) => [name, visible(value).trim()]),
  );
}

/** Addresses in which something could not be read; `load` hands it to the page, which says so. */
const unread = new WeakSet<Request>();

/** Whether a request's address asked for something that nobody could read. */
export const isUnread = (request: Request): boolean => unread.has(request);

/**
 * One part of a request's address, read: undefined where it is not there, or empty, and where it cannot be
 * read. The page then shows what it shows without it, and says that it could not be read: nothing that stands
 * in an address is ignored in silence.
 */
export function inQuery<Value>(
  request: Request,
  name: string,
  read: (typed: string) => Value | undefined,
): Value | undefined {
  const typed = searchOf(request).get(name) ?? "";
  const value = typed === "" ? undefined : read(typed);
  if (typed !== "" && value === undefined) unread.add(request);
  return value;
}

/** A word of the query when it is one of those known. */
export const oneOfInQuery = <Word extends string>(
  request: Request,
  name: string,
  words: readonly Word[],
): Word | undefined => inQuery(request, name, oneWordOf(words).read);

/** How one field of a filter is read, and the words for what it cannot read. */
type Reader<Value> = Readonly<{ read: (typed: string) => Value | undefined; wrong: MessageKey }>;

export const aDay: Reader<string> = { read: readDay, wrong: say("common.dayWrong") };
/** A public code however it is spaced, cased and widened. */
export const aCode: Reader<string> = { read: readCode, wrong: say("common.codeWrong") };
export const oneWordOf = <Word extends string>(words: readonly Word[]): Reader<Word> => ({
  read: (typed) => words.find((word) => word === folded(typed)),
  wrong: say("common.choiceUnknown"),
});
export const anId: Reader<string> = {
  read: (typed) => (isUuid(folded(typed)) ? folded(typed) : undefined),
  wrong: say("common.choiceUnknown"),
};

type ValuesOf<Readers> = {
  readonly [Name in keyof Readers]: Readers[Name] extends Reader<infer Value> ? Value | undefined : never;
};

/** A filter as it was read; with `reply` where something in it could not be read, beside its field. */
export type AskedFilter<Values> = Readonly<{ values: Values; reply: Reply | undefined }>;

/**
 * Reads a filter from a request's address. What stands there and cannot be read is said in words: whoever
 * shows rows shows none then, since a filter that is left out shows everything.
 */
export function readQuery<Readers extends Readonly<Record<string, Reader<unknown>>>>(
  request: Request,
  readers: Readers,
): AskedFilter<ValuesOf<Readers>> {
  const search = searchOf(request);
  const typed = Object.fromEntries(Object.keys(readers).map((name) => [name, search.get(name) ?? ""]));
  const values: Record<string, unknown> = {};
  const errors: Record<string, MessageKey[]> = {};
  for (const [name, { read, wrong }] of Object.entries(readers)) {
    const text = typed[name] ?? "";
    values[name] = text === "" ? undefined : read(text);
    if (text !== "" && values[name] === undefined) errors[name] = [wrong];
  }

  return {
    values: values as ValuesOf<Readers>,
    reply: Object.keys(errors).length === 0 ? undefined : { values: typed, errors, formErrors: [] },
  };
}

/** The answer of a file whose filter cannot be read: 400, each field that is wrong in words. */
export function unreadableFilter(locale: Locale, { errors }: Reply): Response {
  const t = serverT(locale, ["common"]);
  const lines = Object.entries(errors).map(
    ([name, messages]) => `${name}: ${messages.map((message) => t(message)).join(" ")}`,
  );
  return new Response(lines.join("\n"), {
    status: 400,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}

/** Notes what a list's own filter could not read of its address. */
export function noteUnread(request: Request, filter: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(filter)) inQuery(request, name, () => value);
}
