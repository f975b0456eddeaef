import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { sql, type SQL } from "drizzle-orm";
import type { Connection } from "~db/client";
import { manyEntries, manyRows } from "../factories/imports";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { forgetEntries, sendFile, sendList, stopAt } from "./steps/imports";
import { expect, test } from "./support";

/** A thing on record: how it is addressed, who it belongs to, and who by right may read it. */
type Thing = Readonly<{ id: string; insider: string | null; town?: string; point?: string; at?: string }>;
type Stranger =
  "visitor" | "donor" | "town" | "point" | "courier" | "finance" | "organisation" | "auditor" | "operator";
const EVERYBODY: readonly Stranger[] = [
  "visitor",
  "donor",
  "town",
  "point",
  "courier",
  "finance",
  "organisation",
  "auditor",
  "operator",
];
const butFor = (...insiders: Stranger[]) => EVERYBODY.filter((who) => !insiders.includes(who));

type Read = Readonly<{ things: SQL; at: (thing: Thing) => string; strangers: readonly Stranger[] }>;

const inRole = (role: string, kind: string, id: SQL) =>
  sql`(select held.user_id from role_grant held where held.role = ${role} and held.revoked_at is null and held.scope_kind = ${kind} and (held.scope_kind = 'city' or held.scope_id = ${id}::text) order by held.granted_at limit 1)`;
const caseworker = (town: SQL) => inRole("caseworker", "town", town);
const storekeeper = (point: SQL) => inRole("storekeeper", "point", point);
const ofCity = (role: string) => inRole(role, "city", sql`''`);

const gifts = sql`select g.code as id, g.donor_id as insider from gift g where g.confirmed_at is not null order by g.created_at desc limit 20`;
const held = sql`select g.code as id, g.donor_id as insider from gift g join pledge p on p.gift_id = g.id where p.state = 'promised' order by g.created_at desc limit 20`;
const inJointDay = sql`select g.code as id, g.donor_id as insider from joint_day j join gift g on g.id = j.gift_id order by j.created_at desc limit 20`;
const agreedDay = sql`select g.code as id, g.donor_id as insider from joint_day j join gift g on g.id = j.gift_id where j.state = 'agreed' order by j.created_at desc limit 20`;
const wishesOfTowns = sql`select n.id, n.town_code as town, n.filed_by as insider from need n where n.household_id is not null order by n.created_at desc limit 20`;
const drafts = sql`select n.id, n.town_code as town, n.filed_by as insider from need n where n.household_id is not null and n.state in ('draft', 'returned') order by n.created_at desc limit 20`;
const reviewed = sql`select n.id, n.town_code as town, ${inRole("town_reviewer", "town", sql`n.town_code`)} as insider from need n where n.household_id is not null and n.state = 'submitted' order by n.created_at desc limit 20`;
const pairs = sql`select a.id, b.id as at, a.town_code as town, ${inRole("town_reviewer", "town", sql`a.town_code`)} as insider from need a join need b on b.town_code = a.town_code and b.id <> a.id
  where a.household_id is not null and b.household_id is not null and a.state = 'submitted' and b.state in ('submitted', 'verified', 'published') limit 20`;
const imports = sql`select j.id, j.town_code as town, j.owner_id as insider from import_job j where j.kind = 'wishes' order by j.id desc limit 20`;
const listImports = sql`select j.id, j.owner_id as insider from import_job j where j.kind <> 'wishes' order by j.id desc limit 20`;
const households = sql`select h.id, h.town_code as town, ${caseworker(sql`h.town_code`)} as insider from household h where h.erased_at is null order by h.created_at desc limit 20`;
const ownNeeds = sql`select n.id, ${inRole("org_editor", "organisation", sql`n.organisation_id`)} as insider from need n where n.organisation_id is not null limit 20`;
const ownDrafts = sql`select n.id, ${inRole("org_editor", "organisation", sql`n.organisation_id`)} as insider from need n where n.organisation_id is not null and n.state in ('draft', 'returned') limit 20`;
const bodies = sql`select o.id, ${ofCity("operator")} as insider from organisation o limit 20`;
const referrals = sql`select r.id, r.town_code as town, ${caseworker(sql`r.town_code`)} as insider from referral r limit 20`;
const deliveries = sql`select d.id, n.town_code as town, ${caseworker(sql`n.town_code`)} as insider from delivery d join need n on n.id = d.need_id order by d.created_at desc limit 20`;
const carried = sql`select d.id, d.courier_id as insider from delivery d where d.courier_id is not null order by d.created_at desc limit 40`;
const carriedNow = sql`select d.id, d.courier_id as insider from delivery d where d.state = 'dispatched' limit 20`;
const packed = sql`select d.id, d.point_id as point, ${storekeeper(sql`d.point_id`)} as insider from delivery d order by d.created_at desc limit 20`;
const parcels = sql`select p.id, p.point_id as point, ${storekeeper(sql`p.point_id`)} as insider from parcel p order by p.created_at desc limit 20`;
const lots = sql`select l.label as id, l.point_id as point, ${storekeeper(sql`l.point_id`)} as insider from lot l order by l.created_at desc limit 20`;
const points = sql`select s.id, s.id as point, ${storekeeper(sql`s.id`)} as insider from service_point s limit 20`;
const expected = sql`select p.id, g.point_id as point, ${storekeeper(sql`g.point_id`)} as insider from pledge p join gift g on g.id = p.gift_id where p.state = 'confirmed' and p.kind = 'goods' and g.point_id is not null limit 40`;
const stocked = sql`select n.id, l.point_id as point, ${storekeeper(sql`l.point_id`)} as insider from lot l join need_line nl on nl.id = l.line_id join need n on n.id = nl.need_id order by l.created_at desc limit 40`;
const jointDays = sql`select j.id, j.point_id as point, ${storekeeper(sql`j.point_id`)} as insider from joint_day j limit 20`;
const collections = sql`select c.id, c.point_id as point, ${storekeeper(sql`c.point_id`)} as insider from collection c limit 20`;
const files = sql`select f.id, n.town_code as town, f.uploaded_by as insider from stored_file f join delivery d on d.id = f.about_id join need n on n.id = d.need_id limit 20`;
const items = sql`select i.code as id, ${ofCity("operator")} as insider from list_item i limit 3`;

/**
 * Every page of somebody's own thing, with real things of the demo and everybody to whom they do not belong.
 * A staff member of another town, point or organisation counts as a stranger; so does everybody whose role
 * has nothing to do there.
 */
const READS: Readonly<Record<string, Read>> = {
  "gifts/:code": { things: gifts, at: ({ id }) => `/gifts/${id}`, strangers: EVERYBODY },
  "gifts/:code/confirm": { things: held, at: ({ id }) => `/gifts/${id}/confirm`, strangers: EVERYBODY },
  "gifts/:code/path.csv": { things: gifts, at: ({ id }) => `/gifts/${id}/path.csv`, strangers: EVERYBODY },
  "gifts/:code/joint-day": {
    things: inJointDay,
    at: ({ id }) => `/gifts/${id}/joint-day`,
    strangers: EVERYBODY,
  },
  "gifts/:code/joint-day.ics": {
    things: agreedDay,
    at: ({ id }) => `/gifts/${id}/joint-day.ics`,
    strangers: EVERYBODY,
  },
  "field/wishes/:id": {
    things: wishesOfTowns,
    at: ({ id }) => `/field/wishes/${id}`,
    strangers: butFor("operator"),
  },
  "field/wishes/:id/edit": {
    things: drafts,
    at: ({ id }) => `/field/wishes/${id}/edit`,
    strangers: EVERYBODY,
  },
  "field/imports/:id": { things: imports, at: ({ id }) => `/field/imports/${id}`, strangers: EVERYBODY },
  "field/referrals/:id": {
    things: referrals,
    at: ({ id }) => `/field/referrals/${id}`,
    strangers: butFor("operator"),
  },
  "review/:id": { things: reviewed, at: ({ id }) => `/review/${id}`, strangers: butFor("operator") },
  "review/:id/compare/:otherId": {
    things: pairs,
    at: ({ id, at }) => `/review/${id}/compare/${at ?? ""}`,
    strangers: butFor("operator"),
  },
  "households/:id": {
    things: households,
    at: ({ id }) => `/households/${id}`,
    strangers: butFor("operator", "auditor"),
  },
  "households/:id/sheet": {
    things: households,
    at: ({ id }) => `/households/${id}/sheet`,
    strangers: butFor("operator"),
  },
  "organisation/needs/:id": {
    things: ownNeeds,
    at: ({ id }) => `/organisation/needs/${id}`,
    strangers: EVERYBODY,
  },
  "organisation/needs/:id/edit": {
    things: ownDrafts,
    at: ({ id }) => `/organisation/needs/${id}/edit`,
    strangers: EVERYBODY,
  },
  "admin/organisations/:id": {
    things: bodies,
    at: ({ id }) => `/admin/organisations/${id}`,
    strangers: butFor("operator"),
  },
  "deliveries/:id": {
    things: deliveries,
    at: ({ id }) => `/deliveries/${id}`,
    strangers: butFor("operator"),
  },
  "deliveries/:id/slip": {
    things: deliveries,
    at: ({ id }) => `/deliveries/${id}/slip`,
    strangers: butFor("operator"),
  },
  "deliver/:id": { things: carried, at: ({ id }) => `/deliver/${id}`, strangers: EVERYBODY },
  "deliver/:id/hand-over": {
    things: carriedNow,
    at: ({ id }) => `/deliver/${id}/hand-over`,
    strangers: EVERYBODY,
  },
  "deliver/:id/not-delivered": {
    things: carriedNow,
    at: ({ id }) => `/deliver/${id}/not-delivered`,
    strangers: EVERYBODY,
  },
  point: { things: points, at: ({ id }) => `/point?at=${id}`, strangers: EVERYBODY },
  "point/receive": { things: points, at: ({ id }) => `/point/receive?at=${id}`, strangers: EVERYBODY },
  "point/receive/:kind/:id": {
    things: expected,
    at: ({ id, point }) => `/point/receive/gift/${id}?at=${point ?? ""}`,
    strangers: EVERYBODY,
  },
  "point/inspect/:parcelId": {
    things: parcels,
    at: ({ id }) => `/point/inspect/${id}`,
    strangers: EVERYBODY,
  },
  "point/label/:label": { things: lots, at: ({ id }) => `/point/label/${id}`, strangers: EVERYBODY },
  "point/pack/:needId": {
    things: stocked,
    at: ({ id, point }) => `/point/pack/${id}?at=${point ?? ""}`,
    strangers: EVERYBODY,
  },
  "point/parcels/:id": { things: packed, at: ({ id }) => `/point/parcels/${id}`, strangers: EVERYBODY },
  "point/joint-days/:id": {
    things: jointDays,
    at: ({ id }) => `/point/joint-days/${id}`,
    strangers: EVERYBODY,
  },
  "point/collections/:id": {
    things: collections,
    at: ({ id }) => `/point/collections/${id}`,
    strangers: EVERYBODY,
  },
  "point/stock": { things: points, at: ({ id }) => `/point/stock?at=${id}`, strangers: EVERYBODY },
  "files/:id": { things: files, at: ({ id }) => `/files/${id}`, strangers: butFor("operator") },
  "lists-desk/imports/:id": {
    things: listImports,
    at: ({ id }) => `/lists-desk/imports/${id}`,
    strangers: butFor("operator"),
  },
  "lists-desk/imports/:id/notes.csv": {
    things: listImports,
    at: ({ id }) => `/lists-desk/imports/${id}/notes.csv`,
    strangers: butFor("operator"),
  },
  "lists-desk/items/:code": {
    things: items,
    at: ({ id }) => `/lists-desk/items/${id}`,
    strangers: butFor("operator"),
  },
  "lists-desk/items/:code/rule": {
    things: items,
    at: ({ id }) => `/lists-desk/items/${id}/rule`,
    strangers: butFor("operator"),
  },
};

/** Pages that name a thing and are nobody's own. */
const FOR_ALL: Readonly<Record<string, string>> = {
  "wishes/:code": "public",
  "wishes/:code/pay/:position": "public wish; who pays is who is signed in",
  "t/:token": "160 random bits open it; tests/e2e/secrets.test.ts",
  "new-password/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "confirm-sign-up/:token":
    "160 random bits open it, once, with the password; tests/integration/identity/signUp.test.ts",
  "new-mail/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "invitation/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "s/:token": "160 random bits on the slip; tests/e2e/secrets.test.ts",
  "d/:label": "the label says only that a parcel was found",
  "lists/:list/:code": "public",
  "lists/:list/:code/report": "public",
};

const routes = [...readFileSync("app/routes.ts", "utf8").matchAll(/route\("([^"]*)"/g)].map(
  (match) => match[1] ?? "",
);

test("every route that names a thing has its line: whose it is, and who are strangers to it", () => {
  const named = routes.filter((route) => /:(?!lang|list\?)/.test(route) && !route.startsWith("api/"));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((route) => !(route in READS) && !(route in FOR_ALL))).toEqual([]);
  expect([...Object.keys(READS), ...Object.keys(FOR_ALL)].filter((route) => !routes.includes(route))).toEqual(
    [],
  );
});

/**
 * A newcomer for each way of being a stranger to this thing: of another town, another point, another
 * organisation.
 */
async function strangersTo(connection: Connection, towns: readonly string[], pointIds: readonly string[]) {
  const city = { kind: "city" } as const;
  const of = (...roles: Parameters<typeof newcomer>[1][]) =>
    newcomer(connection, ...roles).then((userId) => cookieOf(connection, userId));
  const staffOf = (town: string) =>
    of(
      { role: "caseworker", scope: { kind: "town", id: town } },
      { role: "town_reviewer", scope: { kind: "town", id: town } },
    );
  const keeperOf = (point: string) => of({ role: "storekeeper", scope: { kind: "point", id: point } });
  const nowhere = "01a00000-0000-7000-8000-000000000000";
  const fixed: Partial<Record<Stranger, string>> = {
    visitor: "",
    donor: await of({ role: "donor", scope: city }),
    courier: await of({ role: "courier", scope: city }),
    finance: await of({ role: "finance", scope: { kind: "charity", id: nowhere } }),
    organisation: await of({ role: "org_editor", scope: { kind: "organisation", id: nowhere } }),
    auditor: await of({ role: "auditor", scope: city }),
    operator: await of({ role: "operator", scope: city }),
  };
  const inEach = async (places: readonly string[], ofPlace: (place: string) => Promise<string>) =>
    new Map(
      await Promise.all(places.slice(0, 2).map(async (place) => [place, await ofPlace(place)] as const)),
    );
  const staff = await inEach(towns, staffOf);
  const keepers = await inEach(pointIds, keeperOf);
  return (who: Stranger, thing: Thing): string => {
    const elsewhere = (known: ReadonlyMap<string, string>, here: string | undefined) =>
      [...known].find(([place]) => place !== here)?.[1] ?? "";
    if (who === "town") return elsewhere(staff, thing.town);
    if (who === "point") return elsewhere(keepers, thing.point);
    return fixed[who] ?? "";
  };
}

const statusOf = async (request: APIRequestContext, path: string, cookie: string): Promise<number> =>
  (await request.get(path, { maxRedirects: 0, headers: cookie === "" ? {} : { cookie } })).status();

/** The same for the router in the browser, which asks for the page's data alone. */
const dataPath = (path: string): string => path.replace(/^([^?]*)(.*)$/, "$1.data$2");

/**
 * A photo that a deliverer took at a door, and that proves nothing: their handover is refused for its day,
 * long before they set out.
 */
async function takePhoto(connection: Connection, request: APIRequestContext, origin: string): Promise<void> {
  const [carried] = await connection.db.execute<Thing>(carriedNow);
  const answer = await request.post(`/deliver/${carried?.id}/hand-over`, {
    headers: { origin, cookie: await cookieOf(connection, carried?.insider ?? "") },
    multipart: {
      proof: "photo",
      photo: { name: "door.png", mimeType: "image/png", buffer: readFileSync("public/icon-180.png") },
      occurredAt: "2020-01-01T10:00",
      requestKey: randomUUID(),
    },
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(await connection.db.execute(files)).not.toHaveLength(0);
}

/** A file of more entries than are written at once. */
async function beginListImport(
  connection: Connection,
  request: APIRequestContext,
  origin: string,
): Promise<void> {
  const [keeper] = await connection.db.execute<{ id: string }>(sql`select ${ofCity("operator")} as id`);
  const begun = await sendList(request, {
    origin,
    cookie: await cookieOf(connection, keeper?.id ?? ""),
    rows: manyEntries(60, { letters: "ZU" }),
  });
  expect(begun.status()).toBe(302);
}

/** A file of more wishes than are written at once, which its caseworker stops again. */
async function beginImport(
  connection: Connection,
  request: APIRequestContext,
  origin: string,
): Promise<void> {
  const [held] = await connection.db.execute<Thing>(
    sql`select user_id as insider, scope_id as town from role_grant where role = 'caseworker' and revoked_at is null order by granted_at limit 1`,
  );
  const [town] = await connection.db.execute<{ name: string }>(
    sql`select name_hans as name from town where code = ${held?.town ?? ""}`,
  );
  const sender = { origin, cookie: await cookieOf(connection, held?.insider ?? "") };
  const begun = await sendFile(request, {
    ...sender,
    town: held?.town ?? "",
    rows: manyRows(60, "外人", { town: town?.name ?? "" }),
  });
  expect((await stopAt(request, begun.headers()["location"] ?? "", sender)).status()).toBe(302);
}

test("to everybody whose it is not, a real thing does not exist: no page of it, and no data of its page", async ({
  request,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const connection = connectToPortal();
  try {
    await takePhoto(connection, request, baseURL ?? "");
    await beginImport(connection, request, baseURL ?? "");
    await beginListImport(connection, request, baseURL ?? "");
    const towns = await connection.db.execute<{ code: string }>(
      sql`select distinct town_code as code from need order by 1`,
    );
    const allPoints = await connection.db.execute<{ id: string }>(
      sql`select distinct point_id as id from lot order by 1`,
    );
    const cookieFor = await strangersTo(
      connection,
      towns.map(({ code }) => code),
      allPoints.map(({ id }) => id),
    );
    const wrong: string[] = [];
    for (const [route, { things, at, strangers }] of Object.entries(READS)) {
      const found = (await connection.db.execute<Thing>(things)).filter((thing) => thing.insider !== null);
      // The positive control: somebody whose it is does see it, or the refusals below would prove nothing.
      let own: Thing | undefined;
      for (const thing of found) {
        if ((await statusOf(request, at(thing), await cookieOf(connection, thing.insider ?? ""))) !== 200)
          continue;
        own = thing;
        break;
      }

      if (own === undefined) {
        wrong.push(`${route}: none of ${found.length} things opens for whom it belongs to`);
        continue;
      }

      for (const who of strangers) {
        const cookie = cookieFor(who, own);
        const statuses = [
          await statusOf(request, at(own), cookie),
          ...(route.includes(".") || route.startsWith("files")
            ? []
            : [await statusOf(request, dataPath(at(own)), cookie)]),
        ];
        // A visitor is sent to sign in; single fetch answers that with 202.
        const refused = who === "visitor" ? [302, 202, 401, 404] : [403, 404];
        if (!statuses.every((status) => refused.includes(status)))
          wrong.push(`${route} as ${who}: ${statuses.join(" and ")} for ${at(own)}`);
      }
    }

    expect(wrong).toEqual([]);
  } finally {
    await connection.close();
    await forgetEntries("code like 'ZU%'");
  }
});

type Listing = Readonly<{ who: Stranger; pages: readonly string[]; foreign: (place: string) => SQL }>;

/**
 * Lists of work, who reads them, and the codes that may not stand there because they are another town's,
 * point's or person's.
 */
const LISTINGS: readonly Listing[] = [
  {
    who: "town",
    pages: [
      "/field",
      "/review",
      "/deliveries",
      "/referrals",
      "/field/referrals",
      "/field/calls",
      "/requests",
      "/services",
      "/audit",
      "/me",
    ],
    foreign: (town) => sql`
      select code from need where town_code <> ${town} and household_id is not null union select code from household where town_code <> ${town}
      union select d.code from delivery d join need n on n.id = d.need_id where n.town_code <> ${town} union select code from referral where town_code <> ${town}`,
  },
  {
    who: "point",
    pages: ["/point", "/point/stock", "/point/receive", "/me"],
    foreign: (point) =>
      sql`select label as code from lot where point_id <> ${point} union select code from delivery where point_id <> ${point}`,
  },
  { who: "courier", pages: ["/deliver", "/me"], foreign: () => sql`select code from delivery` },
  {
    who: "donor",
    pages: ["/gifts", "/basket", "/me"],
    foreign: () => sql`select code from gift union select code from offer`,
  },
  {
    // The book of goods is the whole city's, to every finance; money is each charity's own.
    who: "finance",
    pages: ["/finance", "/finance/money", "/finance/money.csv"],
    foreign: () => sql`select code from gift union select code from purchase`,
  },
  {
    who: "organisation",
    pages: ["/organisation", "/me"],
    foreign: () => sql`select code from need where organisation_id is not null`,
  },
];

test("no list of work names what is another town's, another point's or another person's", async ({
  request,
}) => {
  test.setTimeout(180_000);
  const connection = connectToPortal();
  try {
    const [town] = await connection.db.execute<{ code: string }>(
      sql`select town_code as code from need group by 1 order by count(*) limit 1`,
    );
    const [point] = await connection.db.execute<{ id: string }>(
      sql`select point_id as id from lot group by 1 order by count(*) limit 1`,
    );
    const cookieFor = await strangersTo(connection, [town?.code ?? ""], [point?.id ?? ""]);
    const wrong: string[] = [];
    for (const { who, pages, foreign } of LISTINGS) {
      const place = who === "point" ? (point?.id ?? "") : (town?.code ?? "");
      const codes = (await connection.db.execute<{ code: string }>(foreign(place))).map(({ code }) => code);
      expect(codes.length, who).toBeGreaterThan(0);
      for (const page of pages) {
        const answer = await request.get(page, {
          headers: { cookie: cookieFor(who, { id: "", insider: null }) },
        });
        if (answer.status() !== 200) continue;
        const body = await answer.text();
        const shown = codes.filter((code) => body.includes(code));
        if (shown.length > 0) wrong.push(`${page} as ${who} names ${shown.slice(0, 3).join(", ")}`);
      }
    }

    expect(wrong).toEqual([]);
  } finally {
    await connection.close();
  }
});
