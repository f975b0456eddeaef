import { isUuid } from "~/domain/kernel/typed/uuid";

/**
 * The page that was asked for, as its route is written: `/gifts/:code`. What stood in the address instead of
 * a name does not appear, since anybody can have typed it there; only ids do, which tell nothing by
 * themselves.
 */
export function patternOf({
  request,
  params,
}: Readonly<{ request: Request; params: Readonly<Record<string, string | undefined>> }>): string {
  const path = new URL(request.url).pathname.replace(/\.data$/, "");
  const names = new Map(
    Object.entries(params).flatMap(([name, value]) =>
      value === undefined || isUuid(value) ? [] : [[value, name] as const],
    ),
  );
  const parts = path.split("/").map((part) => {
    const name = names.get(plain(part));
    if (name !== undefined) return name === "lang" ? undefined : name === "*" ? "*" : `:${name}`;
    return /^[A-Za-z0-9_.-]*$/.test(part) ? part : "*";
  });
  return (
    parts
      .filter((part) => part !== undefined)
      .join("/")
      .slice(0, 200) || "/"
  );
}

const plain = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
