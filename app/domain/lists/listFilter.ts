import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { folded, visible } from "~/domain/kernel/typed/signs";
import { type Audience, AUDIENCES, LIFE_SITUATIONS, type LifeSituation } from "~db/schema/factVocabulary";

/** What a reader asked the lists for. It lives in the URL, so that every view can be shared. */
export type ListFilter = Readonly<{
  q?: string | undefined;
  list?: "government" | "social" | undefined;
  situation?: LifeSituation | undefined;
  audience?: Audience | undefined;
  town?: string | undefined;
  /** Just these items, as a sheet on paper names them: codes with dots between. */
  only?: string | undefined;
}>;

const pick = <T extends string>(value: string, known: readonly T[]): T | undefined =>
  known.find((word) => word === value);

/** Reads the filter from a URL; the list may stand in its path. What it does not know it leaves out. */
export function readListFilter(search: URLSearchParams, list?: string): ListFilter {
  const word = (name: string): string => folded(search.get(name) ?? "");
  const q = visible(search.get("q") ?? "")
    .trim()
    .slice(0, LENGTHS.search);
  const town = word("town");
  const only = word("only").toUpperCase();
  return {
    q: q === "" ? undefined : q,
    list: pick(list ?? "", ["government", "social"]),
    situation: pick(word("situation"), LIFE_SITUATIONS),
    audience: pick(word("audience"), AUDIENCES),
    only: /^[A-Z0-9]{5,12}(\.[A-Z0-9]{5,12}){0,11}$/.test(only) ? only : undefined,
    town: /^\d{9}$/.test(town) ? town : undefined,
  };
}
