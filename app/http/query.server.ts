/** A word of the query when it is one of those known, else undefined: the page then shows what it shows without it. */
export function oneOfInQuery<Word extends string>(request: Request, name: string, words: readonly Word[]): Word | undefined {
  const value = new URL(request.url).searchParams.get(name);
  return words.find((word) => word === value);
}

/** A day of the query (`YYYY-MM-DD`), undefined when it is none. */
export function dayInQuery(request: Request, name: string): string | undefined {
  const value = new URL(request.url).searchParams.get(name) ?? "";
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** A public code of the query (letters and digits), undefined when it is none. */
export function codeInQuery(request: Request, name: string): string | undefined {
  const value = (new URL(request.url).searchParams.get(name) ?? "").trim().toUpperCase();
  return /^[0-9A-Z]{4,16}$/.test(value) ? value : undefined;
}
