import { localePrefix, LOCALES } from "~/i18n/locales";
import { isOwn, isStill } from "~/ui/shell/pageHandle";

/**
 * A still page that is asked for: by the browser, one for everybody or one of its reader's own; or either as
 * data, by the framework's script on another page.
 */
export type StillAsked = Readonly<{ as: "page" | "own page" | "data" }>;

const PREFIXES = LOCALES.map(localePrefix).filter((prefix) => prefix !== "");
const LANGUAGE = `(?:${PREFIXES.join("|")})?`;

/** The addresses of a route: `:lang?` is one of the portal's languages, any other parameter is anything. */
const patternOf = (path: string): string =>
  path
    .split("/")
    .map((part) => {
      if (part === ":lang?") return LANGUAGE;
      if (!part.startsWith(":")) return `/${part}`;
      return part.endsWith("?") ? "(?:/[^/]+)?" : "/[^/]+";
    })
    .join("");

/** What of the built table of routes says which pages are still. */
type Routes = Readonly<
  Record<
    string,
    | Readonly<{
        id: string;
        parentId?: string | undefined;
        path?: string | undefined;
        module: Readonly<{ handle?: unknown }>;
      }>
    | undefined
  >
>;

function pathOf(routes: Routes, id: string | undefined): string {
  const route = id === undefined ? undefined : routes[id];
  if (!route) return "";
  return [pathOf(routes, route.parentId), route.path ?? ""].filter(Boolean).join("/");
}

/** The page whose data a path asks for; any other path as it is. */
export const pageOfData = (pathname: string): string =>
  pathname.replace(/^\/_root\.data$/, "/").replace(/\.data$/, "");

/**
 * Which still page a path asks for, by what the table of routes says of each page; undefined for every other
 * path.
 */
export function stillPagesOf({
  routes,
}: Readonly<{ routes: Routes }>): (pathname: string) => StillAsked | undefined {
  const still = addressesOf(routes, isStill);
  const own = addressesOf(routes, isOwn);
  return (pathname) => {
    const page = pageOfData(pathname);
    const path = page === "/" ? "" : page;
    if (!still.test(path)) return undefined;
    if (page !== pathname) return { as: "data" };
    return { as: own.test(path) ? "own page" : "page" };
  };
}

/** The addresses of all routes of which this holds; of none where there is no such route. */
function addressesOf(routes: Routes, holds: (handle: unknown) => boolean): RegExp {
  const paths = Object.values(routes).flatMap((route) =>
    route && holds(route.module.handle) ? [patternOf(pathOf(routes, route.id))] : [],
  );
  return paths.length === 0 ? /(?!)/ : new RegExp(`^(?:${paths.join("|")})/*$`, "i");
}
