/** The id of whoever holds a role, as SQL. */
export const holder = (role: string, where = "true") =>
  `(select r.user_id from role_grant r where r.role = '${role}' and r.revoked_at is null and ${where} order by r.granted_at limit 1)`;
export const ofTown = (role: string, town: string) =>
  holder(role, `r.scope_kind = 'town' and r.scope_id = ${town}`);
export const ofPoint = (point: string) =>
  holder("storekeeper", `r.scope_kind = 'point' and r.scope_id = ${point}::text`);
/** A page that needs no thing, for somebody of this role. */
export const page = (role: string, at: string) => `select '${at}' as at, ${holder(role)} as who`;
export const donor = (at: string) =>
  `select '${at}' as at, (select id from app_user where disabled_at is null and id in (select donor_id from gift) order by id limit 1) as who`;

/**
 * A page of the demo with a form, by its route: where it stands, and somebody whose it is. Several rows are
 * tried one after another.
 */
export const PLACES: Readonly<Record<string, string>> = {
  "sign-in/code": "select '/sign-in/code' as at, null as who",
  "sign-in": "select '/sign-in' as at, null as who",
  "sign-up": "select '/sign-up' as at, null as who",
  "forgot-password": "select '/forgot-password' as at, null as who",
  "me/password": page("operator", "/me/password"),
  "me/mail": page("operator", "/me/mail"),
  "me/name": page("operator", "/me/name"),
  "me/sessions": donor("/me/sessions"),
  "me/second-step": page("operator", "/me/second-step"),
  "me/leave": donor("/me/leave"),
  "help-me/finder": "select '/help-me/finder' as at, null as who",
  "call-back": "select '/call-back' as at, null as who",
  "call-backs": page("caseworker", "/call-backs"),
  "lists/:list/:code/report":
    "select '/lists/government/' || code || '/report' as at, null as who from list_item where list = 'government' and state = 'published' order by code limit 3",
  "basket/code": "select '/basket/code' as at, null as who",
  basket: "select '/basket' as at, null as who",
  offer: donor("/offer"),
  gifts: "select '/gifts' as at, donor_id as who from gift order by created_at desc limit 3",
  "gifts/:code":
    "select '/gifts/' || code as at, donor_id as who from gift where confirmed_at is not null order by created_at desc limit 20",
  "gifts/:code/confirm":
    "select '/gifts/' || g.code || '/confirm' as at, g.donor_id as who from gift g join pledge p on p.gift_id = g.id where p.state = 'promised' order by g.created_at desc limit 20",
  "gifts/:code/joint-day":
    "select '/gifts/' || g.code || '/joint-day' as at, g.donor_id as who from joint_day j join gift g on g.id = j.gift_id where j.state in ('proposed', 'agreed') order by j.id limit 20",
  "wishes/:code/pay/:position": `select '/wishes/' || n.code || '/pay/' || l.position as at, (select donor_id from gift order by created_at limit 1) as who
    from need n join need_line l on l.need_id = n.id where n.state = 'published' and l.unit_price_fen is not null order by n.created_at desc limit 30`,
  "field/new": page("caseworker", "/field/new"),
  "field/answers": page("caseworker", "/field/answers"),
  "field/calls": page("caseworker", "/field/calls"),
  "field/import": page("caseworker", "/field/import"),
  "field/referrals/new": `select '/field/referrals/new?household=' || h.id as at, ${ofTown("caseworker", "h.town_code")} as who from household h where h.erased_at is null order by h.created_at limit 20`,
  "field/referrals/:id": `select '/field/referrals/' || f.id as at, ${ofTown("caseworker", "f.town_code")} as who from referral f order by f.id desc limit 20`,
  "field/wishes/:id": `select '/field/wishes/' || n.id as at, n.filed_by as who from need n where n.household_id is not null order by n.created_at desc limit 20`,
  "field/wishes/:id/edit": `select '/field/wishes/' || n.id || '/edit' as at, n.filed_by as who from need n where n.household_id is not null and n.state in ('draft', 'returned') limit 20`,
  "organisation/new": page("org_editor", "/organisation/new"),
  "organisation/needs/:id": `select '/organisation/needs/' || n.id as at, ${holder("org_editor", "r.scope_id = n.organisation_id::text")} as who from need n where n.organisation_id is not null limit 20`,
  "organisation/needs/:id/edit": `select '/organisation/needs/' || n.id || '/edit' as at, ${holder("org_editor", "r.scope_id = n.organisation_id::text")} as who
    from need n where n.organisation_id is not null and n.state in ('draft', 'returned') limit 20`,
  requests: page("caseworker", "/requests"),
  "review/:id": `select '/review/' || n.id as at, ${ofTown("town_reviewer", "n.town_code")} as who from need n where n.household_id is not null and n.state = 'submitted' order by n.created_at desc limit 20`,
  "review/:id/compare/:otherId": `select '/review/' || a.id || '/compare/' || b.id as at, ${ofTown("town_reviewer", "a.town_code")} as who
    from need a join need b on b.town_code = a.town_code and b.id <> a.id
    where a.household_id is not null and b.household_id is not null and a.state = 'submitted' and b.state in ('submitted', 'verified', 'published') limit 20`,
  "households/:id": `select '/households/' || h.id as at, ${ofTown("caseworker", "h.town_code")} as who from household h where h.erased_at is null order by h.created_at desc limit 20`,
  "households/:id/sheet": `select '/households/' || h.id || '/sheet' as at, ${ofTown("caseworker", "h.town_code")} as who from household h where h.kind = 'household' and h.erased_at is null limit 20`,
  "point/receive/:kind/:id": `select '/point/receive/gift/' || p.id || '?at=' || g.point_id as at, ${ofPoint("g.point_id")} as who
    from pledge p join gift g on g.id = p.gift_id where p.state = 'confirmed' and p.kind = 'goods' and g.point_id is not null order by p.settled + p.given_back = p.quantity, p.created_at desc limit 40`,
  "point/inspect/:parcelId": `select '/point/inspect/' || p.id as at, ${ofPoint("p.point_id")} as who from parcel p where p.counted > 0 order by p.inspected_at nulls first, p.created_at desc limit 20`,
  "point/pack/:needId": `select '/point/pack/' || nl.need_id || '?at=' || l.point_id as at, ${ofPoint("l.point_id")} as who from lot l join need_line nl on nl.id = l.line_id order by l.created_at desc limit 40`,
  "point/parcels/:id": `select '/point/parcels/' || d.id as at, ${ofPoint("d.point_id")} as who from delivery d order by (d.state = 'packed') desc, d.created_at desc limit 20`,
  "point/joint-days/:id": `select '/point/joint-days/' || j.id as at, ${ofPoint("j.point_id")} as who from joint_day j order by (j.state = 'proposed') desc limit 20`,
  "point/collections/:id": `select '/point/collections/' || c.id as at, ${ofPoint("c.point_id")} as who from collection c limit 20`,
  "point/stock": `select '/point/stock?at=' || p.id as at, ${ofPoint("p.id")} as who from service_point p limit 20`,
  deliver: page("courier", "/deliver"),
  "deliver/:id":
    "select '/deliver/' || d.id as at, d.courier_id as who from delivery d where d.courier_id is not null order by (d.state = 'packed') desc, d.created_at desc limit 40",
  "deliver/:id/hand-over":
    "select '/deliver/' || d.id || '/hand-over' as at, d.courier_id as who from delivery d where d.state = 'dispatched' limit 20",
  "deliver/:id/not-delivered":
    "select '/deliver/' || d.id || '/not-delivered' as at, d.courier_id as who from delivery d where d.state = 'dispatched' limit 20",
  "deliveries/:id": `select '/deliveries/' || d.id as at, ${ofTown("caseworker", "n.town_code")} as who from delivery d join need n on n.id = d.need_id order by (d.state = 'handed_over') desc limit 20`,
  "deliveries/:id/slip": `select '/deliveries/' || d.id || '/slip' as at, ${ofTown("caseworker", "n.town_code")} as who from delivery d join need n on n.id = d.need_id where d.state in ('packed', 'dispatched') limit 20`,
  services: page("caseworker", "/services"),
  feedback: page("operator", "/feedback"),
  matching: page("operator", "/matching"),
  companies: page("operator", "/companies"),
  "lists-desk": page("operator", "/lists-desk"),
  "lists-desk/new": page("operator", "/lists-desk/new"),
  "lists-desk/items/:code": page("operator", "/lists-desk/items/SS002"),
  "lists-desk/items/:code/rule": page("operator", "/lists-desk/items/GW040/rule"),
  "lists-desk/values": page("operator", "/lists-desk/values"),
  "lists-desk/files": page("operator", "/lists-desk/files"),
  "lists-desk/hsds": page("operator", "/lists-desk/hsds"),
  "admin/organisations/new": page("operator", "/admin/organisations/new"),
  "admin/organisations/:id": `select '/admin/organisations/' || o.id as at, ${holder("operator")} as who from organisation o limit 5`,
  "admin/people": page("admin", "/admin/people"),
  "admin/limits": page("admin", "/admin/limits"),
  finance: page("finance", "/finance"),
};
