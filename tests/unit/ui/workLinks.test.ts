import { expect, test } from "vitest";
import { stillPagesOf } from "~/server/stillPages.server";
import { workLinks } from "~/ui/shell/workLinks";
import { ALL, ROLE_OF, rolesOf, STORE, TABLE } from "../../e2e/whoGetsIn";
import { ROUTES } from "../../support/routeTable";

const PEOPLE = ALL.map((name) => {
  const as = ROLE_OF[name];
  return { name, as, links: new Set(workLinks(rolesOf(name), "zh-Hans").map(({ to }) => to)) };
});
const PAGES = Object.values(TABLE).flatMap((page) => ("path" in page ? [page] : []));

test("every link to a place of work leads where its reader gets in, and whoever gets in there has it", () => {
  const linked = new Set(PEOPLE.flatMap(({ links }) => [...links]));
  expect(linked.size).toBeGreaterThan(15);
  // Of the store and of deliveries it depends on the point, the parcel and the town.
  const wrong = [...linked]
    .filter((to) => !STORE.test(to.slice(1)))
    .flatMap((to) => {
      const page = PAGES.find(({ path }) => path === to);
      return PEOPLE.filter(
        ({ name, links }) => links.has(to) !== (page?.allowed.includes(name) ?? false),
      ).map(({ as }) => `${to} for ${as}`);
    });
  expect(wrong).toEqual([]);
});

/** Pages that everybody gets in to, and that are still made anew for each reader: why. */
const MADE_ANEW: Readonly<Record<string, string>> = {
  "/basket": "shows what its reader chose",
  "/picture/square.png": "a picture: its tag says whether it looks otherwise",
  "/wishes.atom": "a feed: its tag says whether anything is new",
  "/help-me/finder": "works in the browser, by the framework's script",
  "/call-back": "its form is its reader's",
  "/basket/code": "its form is its reader's",
  "/sign-in/code": "its form is its reader's",
  "/sign-in": "its form is its reader's",
  "/second-step": "its form is its reader's",
  "/sign-up": "its form is its reader's",
  "/forgot-password": "its form is its reader's",
  "/new-password/not-a-token": "a token opens it",
  "/new-mail/not-a-token": "a token opens it",
  "/confirm-sign-up/not-a-token": "a token opens it",
  "/invitation/not-a-token": "a token opens it",
  "/lists/social/SS001/report": "its form is its reader's",
  "/dev/gallery": "no page of the portal",
};

test("what everybody may read is kept for a moment for all, or it is said why not", () => {
  const open = PAGES.filter(({ allowed, path }) => allowed.includes("") && !path.startsWith("/api/"));
  expect(open.length).toBeGreaterThan(15);
  const isStillPage = stillPagesOf({ routes: ROUTES });
  const keptNot = open.filter(({ path }) => isStillPage(path)?.as !== "page");
  expect(keptNot.map(({ path }) => path).toSorted()).toEqual(Object.keys(MADE_ANEW).toSorted());
});
