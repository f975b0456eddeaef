import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type * as Router from "@remix-run/router";
import { expect, test, vi } from "vitest";
import { type PlainRoute, routeTable } from "../../support/routeTable";

// Node loads the CommonJS build, and that is what is patched.
const require = createRequire(import.meta.url);
const ofRemix = createRequire(require.resolve("@remix-run/node"));
const { matchRoutes } = require(ofRemix.resolve("@remix-run/router")) as typeof Router;

/** Every address of the table, with something in place of its parameters, in two languages and in none. */
function addresses(routes: readonly PlainRoute[], above = ""): string[] {
  return routes.flatMap((route) => {
    const path = `${above}/${(route.path ?? "")
      .replace(/:lang\?/, "LANG")
      .replace(/:\w+/g, "x1")
      .replace(/\*$/, "no/such/page")}`.replace(/\/+/g, "/");
    return [path, ...addresses(route.children ?? [], path)];
  });
}

const matched = (routes: PlainRoute[], url: string) =>
  // The types of routes and of what they carry are the router's own; only ids and parameters are compared.
  (matchRoutes(routes as Parameters<typeof matchRoutes>[0], url) ?? []).map((match) => [
    match.route.id,
    match.params,
    match.pathname,
  ]);

test("matching with what was kept gives the answers of matching anew, for every address of the portal", () => {
  const kept = routeTable();
  const urls = addresses(kept).flatMap((url) => [
    url.replace("/LANG", ""),
    url.replace("LANG", "en"),
    url.replace("LANG", "zh-Hant"),
  ]);
  expect(urls.length).toBeGreaterThan(150);
  for (const url of [...urls, "", "/EN/wishes", "/wishes/", "/wishes/a%20b", "//wishes"]) {
    const anew = matched(routeTable(), url);
    expect(matched(kept, url), url).toEqual(anew);
    expect(matched(kept, url), url).toEqual(anew);
  }
});

test("the table of routes is flattened once, not at every request: the patch of the router is in force", () => {
  let read = 0;
  const routes = [
    {
      id: "a",
      get path() {
        read += 1;
        return "a";
      },
    },
  ];
  const match = () => matchRoutes(routes as Parameters<typeof matchRoutes>[0], "/nowhere");
  match();
  const first = read;
  for (let round = 0; round < 5; round += 1) match();
  expect(first).toBeGreaterThan(0);
  expect(read).toBe(first);
});

test("an address is matched once, and whoever is answered what was kept may change it without harm", () => {
  const routes = routeTable() as Parameters<typeof matchRoutes>[0];
  const compared = vi.spyOn(String.prototype, "match");
  const paramsOf = () => matchRoutes(routes, "/wishes/W7Q2ZK4")?.at(-1)?.params;
  const first = paramsOf();
  expect(compared.mock.calls.length).toBeGreaterThan(0);
  // An address that is new is laid route by route beside few of the branches.
  expect(compared.mock.calls.length).toBeLessThan(20);
  compared.mockClear();
  expect(paramsOf()).toEqual(first);
  expect(compared).not.toHaveBeenCalled();
  compared.mockRestore();
  Object.assign(paramsOf() ?? {}, { code: "another" });
  expect(paramsOf()).toEqual(first);

  // However many addresses are asked for, the last thousand are kept.
  for (let n = 0; n < 2_500; n += 1) matchRoutes(routes, `/wishes/W${n}`);
  expect(paramsOf()).toEqual(first);
});

test("a form and a page are read from the request as it came, not from copies of it, but for words of the framework in its address", async () => {
  const { callRouteAction } = require(
    path.join(path.dirname(ofRemix.resolve("@remix-run/server-runtime")), "data.js"),
  ) as { callRouteAction: (asked: object) => Promise<unknown> };
  const read: Request[] = [];
  const asked = async (address: string): Promise<[given: Request, read: Request | undefined]> => {
    const given = new Request(address, { method: "POST", body: "a=1" });
    const action = ({ request }: { request: Request }) => {
      read.push(request);
      return null;
    };

    await callRouteAction({ request: given, params: {}, loadContext: {}, action, singleFetch: true });
    return [given, read.at(-1)];
  };

  const [given, same] = await asked("http://portal.test/basket?a=1");
  expect(same).toBe(given);
  for (const framework of ["index", "_routes=a"]) {
    const [, other] = await asked(`http://portal.test/basket?a=1&${framework}`);
    expect(other?.url).toBe("http://portal.test/basket?a=1");
    expect(await other?.text()).toBe("a=1");
  }
});

test("each patch names the version that is installed, so that an update cannot lose it in silence", () => {
  for (const name of [
    "@remix-run/router",
    "@remix-run/react",
    "@remix-run/server-runtime",
    "react-router-dom",
    "postgres",
    "drizzle-orm",
  ]) {
    const { version } = require(`../../../node_modules/${name}/package.json`) as { version: string };
    expect(existsSync(`patches/${name.replace("/", "+")}+${version}.patch`), `${name} ${version}`).toBe(true);
  }
});
