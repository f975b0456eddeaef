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

const pick = <T extends string>(value: string | null, known: readonly T[]): T | undefined => known.find((word) => word === value);

const text = (value: string | null, max: number): string | undefined => {
  const trimmed = value?.trim().slice(0, max);
  return trimmed === undefined || trimmed === "" ? undefined : trimmed;
};

/** Reads the filter from a URL. What it does not know it leaves out: an old or mistyped link still shows a list. */
export function readFilter(search: URLSearchParams): WishFilter {
  return {
    q: text(search.get("q"), 60),
    town: /^\d{9}$/.test(search.get("town") ?? "") ? (search.get("town") ?? undefined) : undefined,
    kind: pick(search.get("kind"), ["goods", "service", "money"]),
    group: pick(search.get("group"), PUBLIC_GROUPS),
    item: /^[a-z_]{1,30}$/.test(search.get("item") ?? "") ? (search.get("item") ?? undefined) : undefined,
    gap: pick(search.get("gap"), ["one", "few", "many"]),
    waiting: pick(search.get("waiting"), ["week", "month"]),
    sort: pick(search.get("sort"), ["waiting", "newest"]),
    done: pick(search.get("done"), ["yes"]),
  };
}

/** Whether all that is asked can be read: what is left out of a filter stands for everything, and not everything is to be claimed. */
export function isReadWhole(search: URLSearchParams): boolean {
  const read: Readonly<Record<string, unknown>> = readFilter(search);
  return [...search].every(([name, value]) => value === "" || read[name] !== undefined);
}

/** The place in a list as a URL carries it: `f` or `b`, time in milliseconds, id. */
export const keyText = (key: { at: Date; id: string; back: boolean }): string => `${key.back ? "b" : "f"}${key.at.getTime().toString(36)}.${key.id}`;

export function readKey(value: string | null): { at: Date; id: string; back: boolean } | undefined {
  const match = /^([fb])([0-9a-z]{1,10})\.([0-9a-f-]{36})$/.exec(value ?? "");
  if (!match) return undefined;
  return { back: match[1] === "b", at: new Date(parseInt(match[2] ?? "", 36)), id: match[3] ?? "" };
}
