import { ownOf } from "~/domain/kernel/own";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { folded, visible } from "~/domain/kernel/typed/signs";
import { PUBLIC_GROUPS, type PublicGroup } from "~db/schema/reference";

/** What a reader asked the list for. It lives in the URL, so that every view can be shared. */
export type WishFilter = Readonly<{
  q?: string | undefined;
  town?: string | undefined;
  kind?: "goods" | "service" | "money" | undefined;
  group?: PublicGroup | undefined;
  item?: string | undefined;
  gap?: "one" | "few" | "many" | undefined;
  waiting?: "week" | "month" | undefined;
  sort?: "waiting" | "newest" | undefined;
  done?: "yes" | undefined;
}>;

const pick = <T extends string>(value: string, known: readonly T[]): T | undefined =>
  known.find((word) => word === value);

/**
 * Reads the filter from a URL. What it does not know it leaves out: an old or mistyped link still shows a
 * list.
 */
export function readFilter(search: URLSearchParams): WishFilter {
  const word = (name: string): string => folded(search.get(name) ?? "");
  const like = (name: string, pattern: RegExp): string | undefined =>
    pattern.test(word(name)) ? word(name) : undefined;
  const q = visible(search.get("q") ?? "")
    .trim()
    .slice(0, LENGTHS.search);
  return {
    q: q === "" ? undefined : q,
    town: like("town", /^\d{9}$/),
    kind: pick(word("kind"), ["goods", "service", "money"]),
    group: pick(word("group"), PUBLIC_GROUPS),
    item: like("item", /^[a-z_]{1,30}$/),
    gap: pick(word("gap"), ["one", "few", "many"]),
    waiting: pick(word("waiting"), ["week", "month"]),
    sort: pick(word("sort"), ["waiting", "newest"]),
    done: pick(word("done"), ["yes"]),
  };
}

/**
 * Whether all that is asked can be read: what is left out of a filter stands for everything, and not
 * everything is to be claimed.
 */
export function isReadWhole(search: URLSearchParams): boolean {
  const read = readFilter(search);
  return [...search].every(
    ([name, value]) => visible(value).trim() === "" || ownOf(read, name) !== undefined,
  );
}

const LATEST = new Date("2200-01-01T00:00:00Z");

/** The place in a list as a URL carries it: `f` or `b`, time in milliseconds, id. */
export const keyText = (key: { at: Date; id: string; back: boolean }): string =>
  `${key.back ? "b" : "f"}${key.at.getTime().toString(36)}.${key.id}`;

export function readKey(value: string | null): { at: Date; id: string; back: boolean } | undefined {
  const match = /^([fb])([0-9a-z]{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(value ?? "");
  if (!match) return undefined;
  const at = new Date(parseInt(match[2] ?? "", 36));
  // No wish was published in a year that the database cannot hold.
  return at < LATEST ? { back: match[1] === "b", at, id: match[3] ?? "" } : undefined;
}
