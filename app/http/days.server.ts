/** A day of the query (`YYYY-MM-DD`), undefined when it is none: then the page shows what it shows without it. */
export function dayInQuery(request: Request, name: string): string | undefined {
  const value = new URL(request.url).searchParams.get(name) ?? "";
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
