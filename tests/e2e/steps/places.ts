import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { PLACES } from "../../support/pagesOfRoutes";
import { connectToPortal, cookieOf } from "../../support/portalDatabase";
import { ask } from "./rows";

/** Routes whose action takes no form of a page of the demo. */
const WITHOUT_PAGE = [
  "sign-out",
  "preferences",
  "second-step",
  "step-up",
  "passkey-challenge",
  "new-password/:token",
  "confirm-sign-up/:token",
  "new-mail/:token",
  "invitation/:token",
  "lists-desk/hsds/notes.csv",
  // Tried in imports.test and listImports.test: the demo has no import that is under way.
  "field/imports/:id",
  "lists-desk/imports/:id",
];

export type Place = Readonly<{ route: string; at: string; cookie: string }>;

/** The file of every route that has an action, by the route's path. */
export function filesWithAction(): Readonly<Record<string, string>> {
  const table = readFileSync("app/routes.ts", "utf8");
  const files = readdirSync("app/routes", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  const withAction = files.filter((file) =>
    /export (const|async function|function) action\b/.test(
      readFileSync(path.join("app/routes", file), "utf8"),
    ),
  );
  const routes = withAction.map(
    (file) =>
      [
        new RegExp(`route\\("([^"]*)", "routes/${file}"`).exec(table)?.[1] ?? `?${file}`,
        path.join("app/routes", file),
      ] as const,
  );
  return Object.fromEntries(routes.filter(([route]) => !/^(webhooks|api|demo)\//.test(route)));
}

/** What routes with an action have no place here, and which places no route. */
export const placesMissing = (): readonly string[] => {
  const routes = Object.keys(filesWithAction());
  const known = [...Object.keys(PLACES), ...WITHOUT_PAGE];
  return [
    ...routes.filter((route) => !known.includes(route)),
    ...known.filter((route) => !routes.includes(route)),
  ];
};

/** The rows of these statements, each with a session of whoever it belongs to. */
export async function placesOf(
  statement: string,
  cookies = new Map<string, string>(),
): Promise<readonly Readonly<{ at: string; cookie: string }>[]> {
  const connection = connectToPortal();
  try {
    const found: { at: string; cookie: string }[] = [];
    for (const { at, who } of await ask<{ at: string; who: string | null }>(statement)) {
      if (who !== null && !cookies.has(who)) cookies.set(who, await cookieOf(connection, who));
      found.push({ at, cookie: who === null ? "" : (cookies.get(who) ?? "") });
    }

    return found;
  } finally {
    await connection.close();
  }
}

/** Every row of every place. */
export async function everyPlace(): Promise<Place[]> {
  const cookies = new Map<string, string>();
  const found: Place[] = [];
  for (const [route, statement] of Object.entries(PLACES))
    for (const place of await placesOf(statement, cookies)) found.push({ route, ...place });
  return found;
}

/** Every file of a route. */
export const filesOfRoutes = (): string[] =>
  [...readFileSync("app/routes.ts", "utf8").matchAll(/"(routes\/[^"]*)"/g)].map(([, file = ""]) => file);

/** The first place of each route that opens for whose it is; of a route without one, why is in `shut`. */
export async function openPlaces(
  request: APIRequestContext,
): Promise<Readonly<{ open: readonly (Place & Readonly<{ html: string }>)[]; shut: readonly string[] }>> {
  const open = new Map<string, Place & Readonly<{ html: string }>>();
  const places = await everyPlace();
  for (const place of places) {
    if (open.has(place.route)) continue;
    const answer = await request.get(place.at, { maxRedirects: 0, headers: { cookie: place.cookie } });
    if (answer.status() === 200) open.set(place.route, { ...place, html: await answer.text() });
  }

  const shut = Object.keys(PLACES).filter((route) => !open.has(route));
  return {
    open: [...open.values()],
    shut: shut.map((route) => `${route}: none of ${places.filter((place) => place.route === route).length}`),
  };
}
