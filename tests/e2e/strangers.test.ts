import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { type SQL, sql } from "drizzle-orm";
import type { Connection } from "~db/client";
import { manyEntries, manyRows } from "../factories/imports";
import { connectToPortal, cookieOf, newcomer } from "../support/portalDatabase";
import { forgetEntries, sendFile, sendList, stopAt } from "./steps/imports";
import { expect, test } from "./support";
import { carriedNow, files, FOR_ALL, ofCity, READS, type Stranger, type Thing } from "./thingsOfOthers";

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
  const answer = await request.post(`/deliver/${carried?.id ?? ""}/hand-over`, {
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

/** Still pages have no data: who asks for it is sent to the page, whether there is one or not. */
const SENT_ON: ReadonlySet<string> = new Set(["gifts/:code", "gifts/:code/confirm"]);
const NO_GIFT = "G222222222";

/** All that is answered to whoever asks for a page's data, but for the code that they said themselves. */
async function dataSaid(request: APIRequestContext, path: string, cookie: string): Promise<string> {
  const answer = await request.get(dataPath(path), { headers: { cookie }, maxRedirects: 0 });
  return `${answer.status()} ${(await answer.text()).replace(/G[0-9A-Z]{9}/g, "")}`;
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
        const hasData = !route.includes(".") && !route.startsWith("files");
        const isStill = hasData && SENT_ON.has(route);
        const statuses = [
          await statusOf(request, at(own), cookie),
          ...(hasData && !isStill ? [await statusOf(request, dataPath(at(own)), cookie)] : []),
        ];
        const none = { ...own, id: NO_GIFT };
        if (
          isStill &&
          (await dataSaid(request, at(own), cookie)) !== (await dataSaid(request, at(none), cookie))
        )
          wrong.push(`${route} as ${who}: its data tells ${at(own)} from what does not exist`);
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
