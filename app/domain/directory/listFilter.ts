import { AUDIENCES, LIFE_SITUATIONS, type Audience, type LifeSituation } from "~db/schema/factWords";

/** What a reader asked the lists for. It lives in the URL, so that every view can be shared. */
export type ListFilter = Readonly<{
  q?: string | undefined;
  list?: "government" | "social" | undefined;
  situation?: LifeSituation | undefined;
  audience?: Audience | undefined;
  town?: string | undefined;
  /** Just these entries, as a sheet on paper names them: codes with dots between. */
  only?: string | undefined;
}>;

const pick = <T extends string>(value: string | null | undefined, known: readonly T[]): T | undefined => known.find((word) => word === value);

/** Reads the filter from a URL; the list may stand in its path. What it does not know it leaves out. */
export function readListFilter(search: URLSearchParams, list?: string): ListFilter {
  const q = search.get("q")?.trim().slice(0, 60);
  const town = search.get("town") ?? "";
  return {
    q: q === undefined || q === "" ? undefined : q,
    list: pick(list, ["government", "social"]),
    situation: pick(search.get("situation"), LIFE_SITUATIONS),
    audience: pick(search.get("audience"), AUDIENCES),
    only: /^[A-Z0-9]{2,12}(\.[A-Z0-9]{2,12}){0,11}$/.test(search.get("only") ?? "") ? (search.get("only") ?? undefined) : undefined,
    town: /^\d{9}$/.test(town) ? town : undefined,
  };
}
