import { type SQL, sql } from "drizzle-orm";

/** A thing on record: how it is addressed, who it belongs to, and who by right may read it. */
export type Thing = Readonly<{
  id: string;
  insider: string | null;
  town?: string;
  point?: string;
  at?: string;
}>;
export type Stranger =
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
export const ofCity = (role: string) => inRole(role, "city", sql`''`);

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
export const carriedNow = sql`select d.id, d.courier_id as insider from delivery d where d.state = 'dispatched' limit 20`;
const packed = sql`select d.id, d.point_id as point, ${storekeeper(sql`d.point_id`)} as insider from delivery d order by d.created_at desc limit 20`;
const parcels = sql`select p.id, p.point_id as point, ${storekeeper(sql`p.point_id`)} as insider from parcel p order by p.created_at desc limit 20`;
const lots = sql`select l.label as id, l.point_id as point, ${storekeeper(sql`l.point_id`)} as insider from lot l order by l.created_at desc limit 20`;
const points = sql`select s.id, s.id as point, ${storekeeper(sql`s.id`)} as insider from service_point s limit 20`;
const expected = sql`select p.id, g.point_id as point, ${storekeeper(sql`g.point_id`)} as insider from pledge p join gift g on g.id = p.gift_id where p.state = 'confirmed' and p.kind = 'goods' and g.point_id is not null limit 40`;
const stocked = sql`select n.id, l.point_id as point, ${storekeeper(sql`l.point_id`)} as insider from lot l join need_line nl on nl.id = l.line_id join need n on n.id = nl.need_id order by l.created_at desc limit 40`;
const jointDays = sql`select j.id, j.point_id as point, ${storekeeper(sql`j.point_id`)} as insider from joint_day j limit 20`;
const collections = sql`select c.id, c.point_id as point, ${storekeeper(sql`c.point_id`)} as insider from collection c limit 20`;
export const files = sql`select f.id, n.town_code as town, f.uploaded_by as insider from stored_file f join delivery d on d.id = f.about_id join need n on n.id = d.need_id limit 20`;
const items = sql`select i.code as id, ${ofCity("operator")} as insider from list_item i limit 3`;

/**
 * Every page of somebody's own thing, with real things of the demo and everybody to whom they do not belong.
 * A staff member of another town, point or organisation counts as a stranger; so does everybody whose role
 * has nothing to do there.
 */
export const READS: Readonly<Record<string, Read>> = {
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
export const FOR_ALL: Readonly<Record<string, string>> = {
  "picture/:file": "public",
  "wishes/:code": "public",
  "wishes/:code/picture/:file": "public",
  "wishes/:code/pay/:position": "public wish; who pays is who is signed in",
  "t/:token": "160 random bits open it; tests/e2e/secrets.test.ts",
  "t/:token/picture/:file": "the same bits; tests/e2e/pictures.test.ts",
  "me/year/picture/:file": "names no thing: it is its reader's year; tests/e2e/year.test.ts",
  "new-password/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "confirm-sign-up/:token":
    "160 random bits open it, once, with the password; tests/integration/identity/signUp.test.ts",
  "new-mail/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "invitation/:token": "160 random bits open it, once; tests/integration/identity/wayBack.test.ts",
  "s/:token": "160 random bits on the slip; tests/e2e/secrets.test.ts",
  "d/:label": "the label says only that a parcel was found",
  "lists/:list/:code": "public",
  "towns/:code": "public",
  "api/open/:file": "public",
  "lists/:list/:code/report": "public",
};
