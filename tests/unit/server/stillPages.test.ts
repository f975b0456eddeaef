import { matchRoutes } from "@remix-run/router";
import { expect, test } from "vitest";
import { stillPagesOf } from "~/server/stillPages.server";
import { ROUTES, routeTable } from "../../support/routeTable";

const still = stillPagesOf({ routes: ROUTES });
const table = routeTable();

test("a path is a still page's exactly where the router leads it to one", () => {
  const paths = Object.values(ROUTES)
    .filter(({ parentId }) => parentId !== undefined)
    .map(({ path }) => `/${path ?? ""}`);
  const asked = paths.flatMap((path) =>
    ["x1", "government", "W7K2QMX3"].flatMap((value) => {
      const filled = path.replace(/:\w+\??/g, value).replace("*", "no/such/page");
      return ["", "/en", "/zh-Hant"].flatMap((lang) => [lang + filled, `${lang}${filled}/`]);
    }),
  );
  const more = [
    "/lists",
    "/lists/",
    "/EN/wishes",
    "/WISHES",
    "/fr",
    "/english",
    "/wishes/a%20b",
    "/zh-Hans/wishes",
  ];
  let found = 0;
  for (const path of [...asked, ...more]) {
    const leaf = matchRoutes(table as Parameters<typeof matchRoutes>[0], path)?.at(-1);
    // Another language than ours is no page: it may be made as anything.
    const lang = leaf?.params["lang"];
    if (lang !== undefined && lang !== "en" && lang !== "zh-Hant") continue;
    const handle = ROUTES[leaf?.route.id ?? ""]?.module.handle;
    const as = handle?.isOwn ? "own page" : "page";
    expect(still(path)?.as, path).toBe(handle?.isStill ? as : undefined);
    found += handle?.isStill ? 1 : 0;
  }

  expect(found).toBeGreaterThan(100);
});

test("what the framework's script asks for as data is known as such, the home page by its own name", () => {
  for (const path of [
    "/_root.data",
    "/en.data",
    "/wishes.data",
    "/zh-Hant/lists/social/SS001.data",
    "/basket.data",
  ])
    expect(still(path), path).toEqual({ as: "data" });
  for (const path of ["/me.data", "/assets/moves.js", "/favicon.svg", "/help-me/finder"])
    expect(still(path), path).toBeUndefined();
});

test("where no page is still, no path is", () => {
  const none = stillPagesOf({ routes: { root: { id: "root", module: {} } } });
  expect([none("/"), none("/wishes")]).toEqual([undefined, undefined]);
});
