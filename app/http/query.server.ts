import { readCode } from "~/domain/kernel/typed/code";
import { readDay } from "~/domain/kernel/typed/day";
import { folded, visible } from "~/domain/kernel/typed/signs";
import { say, type MessageKey } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import type { Locale } from "~/i18n/locales";
import type { Reply } from "~/ui/primitives/Field";

/** What a request's address asks, as it was meant: invisible signs and outer blanks away. */
export function searchOf(request: Request): URLSearchParams {
  return new URLSearchParams([...new URL(request.url).searchParams].map(([name, value]) => [name, visible(value).trim()]));
}

/** A word of the query when it is one of those known, else undefined: the page then shows what it shows without it. */
export function oneOfInQuery<Word extends string>(request: Request, name: string, words: readonly Word[]): Word | undefined {
  const value = searchOf(request).get(name);
  return words.find((word) => word === value);
}

/** How one field of a filter is read, and the words for what it cannot read. */
type Reader<Value> = Readonly<{ read: (typed: string) => Value | undefined; wrong: MessageKey }>;

export const aDay: Reader<string> = { read: readDay, wrong: say("common.dayWrong") };
/** A public code however it is spaced, cased and widened. */
export const aCode: Reader<string> = { read: readCode, wrong: say("common.codeWrong") };
export const oneOf = <Word extends string>(words: readonly Word[]): Reader<Word> => ({
  read: (typed) => words.find((word) => word === folded(typed)),
  wrong: say("common.choiceUnknown"),
});
export const anId: Reader<string> = { read: (typed) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed) ? typed : undefined), wrong: say("common.choiceUnknown") };

type ValuesOf<Readers> = { readonly [Name in keyof Readers]: Readers[Name] extends Reader<infer Value> ? Value | undefined : never };

/** A filter as it was read; with `reply` where something in it could not be read, beside its field. */
export type Asked<Values> = Readonly<{ values: Values; reply: Reply | undefined }>;

/**
 * Reads a filter from a request's address. What stands there and cannot be read is said in words: whoever shows rows shows none then,
 * since a filter that is left out shows everything.
 */
export function readQuery<Readers extends Readonly<Record<string, Reader<unknown>>>>(request: Request, readers: Readers): Asked<ValuesOf<Readers>> {
  const search = searchOf(request);
  const typed = Object.fromEntries(Object.keys(readers).map((name) => [name, search.get(name) ?? ""]));
  const values: Record<string, unknown> = {};
  const errors: Record<string, MessageKey[]> = {};
  for (const [name, { read, wrong }] of Object.entries(readers)) {
    const text = typed[name] ?? "";
    values[name] = text === "" ? undefined : read(text);
    if (text !== "" && values[name] === undefined) errors[name] = [wrong];
  }
  return { values: values as ValuesOf<Readers>, reply: Object.keys(errors).length === 0 ? undefined : { values: typed, errors, formErrors: [] } };
}

/** The answer of a file whose filter cannot be read: 400, each field that is wrong in words. */
export function unreadableFilter(locale: Locale, { errors }: Reply): Response {
  const t = serverT(locale, ["common"]);
  const lines = Object.entries(errors).map(([name, messages]) => `${name}: ${messages.map((message) => t(message)).join(" ")}`);
  return new Response(lines.join("\n"), { status: 400, headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "private, no-store" } });
}

/** Whether an address asks a list for something that it does not know: the list is shown without it, and says so. */
export const asksUnknown = (request: Request, filter: Readonly<Record<string, unknown>>): boolean => {
  const search = searchOf(request);
  return Object.entries(filter).some(([name, value]) => value === undefined && (search.get(name) ?? "") !== "");
};
