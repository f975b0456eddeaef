import { readFileSync } from "node:fs";
import { rolesOf, TABLE, type Who } from "../../e2e/whoGetsIn";
import { donor, holder, ofPoint, page, PLACES } from "../../support/pagesOfRoutes";

const visitor = (at: string) => `select '${at}' as at, null as who`;
const atPoint = (at: string) =>
  `select '${at}' || p.id as at, ${ofPoint("p.id")} as who from service_point p order by p.town_code limit 1`;
const days = (at: string) =>
  `select '${at}?from=' || (current_date - 9) || '&to=' || (current_date - 8) as at, ${holder("finance")} as who`;

/** A page of one's own, of whoever gave most. */
const mostGiving = (at: string) =>
  `select '${at}' as at, donor_id as who from gift where confirmed_at is not null group by donor_id order by count(*) desc limit 1`;

/** Pages without a form, and the same pages as people narrow them; a route may stand here several times. */
const MORE: readonly (readonly [route: string, statement: string])[] = [
  ["wishes", visitor("/wishes?done=yes")],
  ["wishes", visitor("/wishes?done=yes&gap=few")],
  ["wishes", visitor("/wishes?q=%E4%B9%A6%E5%8C%85")],
  [
    "wishes/:code",
    "select '/wishes/' || code as at, null as who from public_need order by published_at desc limit 3",
  ],
  [
    "wishes/:code/picture/:file",
    "select '/wishes/' || code || '/picture/square.png' as at, null as who from public_need order by published_at desc limit 3",
  ],
  [
    "gifts/:code/path.csv",
    "select '/gifts/' || code || '/path.csv' as at, donor_id as who from gift where confirmed_at is not null order by created_at desc limit 3",
  ],
  [
    "gifts/:code/joint-day.ics",
    "select '/gifts/' || g.code || '/joint-day.ics' as at, g.donor_id as who from joint_day j join gift g on g.id = j.gift_id where j.state = 'agreed' limit 3",
  ],
  ["gifts", donor("/gifts")],
  ["me/year", mostGiving("/me/year")],
  ["me/year.csv", mostGiving("/me/year.csv")],
  ["me/year.xlsx", mostGiving("/me/year.xlsx")],
  ["me/year/picture/:file", mostGiving("/me/year/picture/square.png")],
  ["point", atPoint("/point?at=")],
  ["point/receive", atPoint("/point/receive?at=")],
  [
    "point/receive",
    `select '/point/receive?at=' || g.point_id || '&code=' || g.code as at, ${ofPoint("g.point_id")} as who from gift g where g.point_id is not null order by g.created_at desc limit 3`,
  ],
  [
    "point/label/:label",
    `select '/point/label/' || l.label as at, ${ofPoint("l.point_id")} as who from lot l order by l.created_at desc limit 3`,
  ],
  ["deliveries", page("caseworker", "/deliveries")],
  ["deliveries", page("operator", "/deliveries")],
  [
    "d/:label",
    `select '/d/' || d.code as at, ${ofPoint("d.point_id")} as who from delivery d order by d.created_at desc limit 3`,
  ],
  [
    "d/:label",
    `select '/d/' || l.label as at, ${ofPoint("l.point_id")} as who from lot l order by l.created_at desc limit 3`,
  ],
  [
    "requests",
    `select '/requests?code=' || code as at, ${holder("caseworker")} as who from household order by created_at desc limit 1`,
  ],
  [
    "households/:id",
    `select '/households/' || id as at, ${holder("admin")} as who from household where erased_at is null order by created_at desc limit 3`,
  ],
  ["finance/goods", page("auditor", "/finance/goods?kind=point")],
  ["finance/goods", days("/finance/goods")],
  ["finance/goods.csv", days("/finance/goods.csv")],
  ["finance/money", days("/finance/money")],
  ["finance/money.csv", days("/finance/money.csv")],
];

/** Routes that the tour does not ask, and why. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  "*": "answers that nothing is there",
  ":lang?": "every page is below it",
  "t/:token": "only the hash of its token is kept; shows the same as gifts/:code",
  "t/:token/picture/:file": "only the hash of its token is kept; reads the same as gifts/:code",
  "s/:token": "only the hash of its token is kept",
  "step-up": "asks whoever has a second step",
  "sign-out": "has no page",
  "passkey-challenge": "has no page",
  preferences: "has no page",
  "files/:id": "the demo holds no photo",
  "field/imports/:id": "the demo holds no import",
  "lists-desk/imports/:id": "the demo holds no import",
  "lists-desk/imports/:id/notes.csv": "the demo holds no import",
  "lists-desk/hsds/notes.csv": "takes files only",
  "webhooks/stripe": "is asked by the payment house alone",
  "field/wishes/:id/edit": "asked where a draft is the copy's own",
  "api/hsds/services/:id": "the lists do not grow with the city",
  "api/hsds/organizations/:id": "the lists do not grow with the city",
  "api/hsds/service_at_locations/:id": "the lists do not grow with the city",
  "api/hsds/taxonomies/:id": "the lists do not grow with the city",
  "api/hsds/taxonomy_terms/:id": "the lists do not grow with the city",
};

export type Page = Readonly<{ route: string; statement: string }>;

/** Who asks for a page of the table: a visitor where everybody may, else a donor, or one of each role. */
function asked(route: string, path: string, allowed: readonly Who[]): Page[] {
  if (allowed.includes("")) return [{ route, statement: visitor(path) }];
  const roles = allowed.flatMap(rolesOf);
  if (roles.includes("donor")) return [{ route, statement: donor(path) }];
  return roles.map((role) => ({ route, statement: page(role, path) }));
}

/**
 * Every page of the portal, with the question that finds where it stands and whose it is; rows of one
 * question are tried one after another. The pages are those of the tests, so that a new route is asked by
 * itself; one of which nobody says where it stands is in `missing`.
 */
export function pagesOfPortal(): Readonly<{ pages: readonly Page[]; missing: readonly string[] }> {
  const ofTable = Object.entries(TABLE).flatMap(([route, rule]) =>
    "path" in rule ? asked(route, rule.path, rule.allowed) : [],
  );
  const listed = new Set(ofTable.map(({ route }) => route));
  const pages = [
    ...ofTable,
    ...Object.entries(PLACES).flatMap(([route, statement]) =>
      listed.has(route) ? [] : [{ route, statement }],
    ),
    ...MORE.map(([route, statement]) => ({ route, statement })),
  ];
  const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)"/g)].map(
    ([, route = ""]) => route,
  );
  const known = new Set([...pages.map(({ route }) => route), ...Object.keys(NOT_ASKED)]);
  return { pages, missing: routes.filter((route) => !known.has(route)) };
}
