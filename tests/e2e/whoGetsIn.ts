import type { Role } from "~db/schema/identity";

/** A donor of the demo who is no company. */
export const DONOR = "爱心人士甲";
const COMPANY = "演示制造有限公司";
/** Everybody who can be signed in as on the demo, one of each role; the first is a visitor. */
export const ALL = [
  "",
  DONOR,
  COMPANY,
  "方社工",
  "关审核员",
  "何干事",
  "黎库管",
  "阿杰志愿者",
  "俞会计",
  "霍审计",
  "管理员",
  "社工中心编辑",
] as const;
export type Who = (typeof ALL)[number];

/** As what each of them comes. */
export const ROLE_OF: Readonly<Record<Who, string>> = {
  "": "visitor",
  [DONOR]: "donor",
  [COMPANY]: "company",
  方社工: "caseworker",
  关审核员: "reviewer",
  何干事: "operator",
  黎库管: "storekeeper",
  阿杰志愿者: "deliverer",
  俞会计: "finance",
  霍审计: "auditor",
  管理员: "admin",
  社工中心编辑: "editor",
};

/** The roles that they hold, by what they come as. */
const ROLES_HELD: Readonly<Record<string, readonly Role[]>> = {
  donor: ["donor"],
  company: ["donor"],
  caseworker: ["caseworker"],
  reviewer: ["town_reviewer"],
  operator: ["operator"],
  storekeeper: ["storekeeper"],
  deliverer: ["courier"],
  finance: ["finance"],
  auditor: ["auditor"],
  admin: ["admin"],
  editor: ["org_editor"],
};

/** The roles of somebody of the demo; none of a visitor. */
export const rolesOf = (who: Who): readonly Role[] => ROLES_HELD[ROLE_OF[who]] ?? [];

const everyone = ALL;
const signedIn = ALL.filter((who) => who !== "");

/**
 * Route by route, who gets in. `object` pages are tried with an object that is somebody else's: they do not
 * exist.
 */
export const TABLE: Readonly<
  Record<
    string,
    { path: string; allowed: readonly Who[] } | { object: string } | { post: true } | { elsewhere: string }
  >
> = {
  "": { path: "/", allowed: everyone },
  wishes: { path: "/wishes", allowed: everyone },
  "wishes.atom": { path: "/wishes.atom", allowed: everyone },
  "wishes/:code": { elsewhere: "public; unknown codes are 404 in pages.test" },
  "wishes/:code/pay/:position": { object: "/wishes/WNOTHERE/pay/1" },
  "basket/code": { path: "/basket/code", allowed: everyone },
  basket: { path: "/basket", allowed: everyone },
  gifts: { path: "/gifts", allowed: signedIn },
  "gifts/:code": { object: "/gifts/GNOTMINE" },
  "gifts/:code/confirm": { object: "/gifts/GNOTMINE/confirm" },
  "gifts/:code/path.csv": { object: "/gifts/GNOTMINE/path.csv" },
  "gifts/:code/joint-day": { object: "/gifts/GNOTMINE/joint-day" },
  "gifts/:code/joint-day.ics": { object: "/gifts/GNOTMINE/joint-day.ics" },
  "t/:token": { object: "/t/not-a-token" },
  offer: { path: "/offer", allowed: signedIn },
  "sign-in/code": { path: "/sign-in/code", allowed: everyone },
  "sign-in": { path: "/sign-in", allowed: everyone },
  "second-step": { path: "/second-step", allowed: everyone },
  "step-up": { elsewhere: "asks whoever has a second step; tried in stepUp.test" },
  "passkey-challenge": { post: true },
  "sign-up": { path: "/sign-up", allowed: everyone },
  "sign-out": { post: true },
  "forgot-password": { path: "/forgot-password", allowed: everyone },
  "new-password/:token": { path: "/new-password/not-a-token", allowed: everyone },
  "new-mail/:token": { path: "/new-mail/not-a-token", allowed: everyone },
  "confirm-sign-up/:token": { path: "/confirm-sign-up/not-a-token", allowed: everyone },
  "invitation/:token": { path: "/invitation/not-a-token", allowed: everyone },
  me: { path: "/me", allowed: signedIn },
  work: { path: "/work", allowed: ["方社工", "关审核员", "何干事", "黎库管", "阿杰志愿者"] },
  "me/password": { path: "/me/password", allowed: signedIn },
  "me/mail": { path: "/me/mail", allowed: signedIn },
  "me/name": { path: "/me/name", allowed: signedIn },
  "me/sessions": { path: "/me/sessions", allowed: signedIn },
  "me/second-step": { path: "/me/second-step", allowed: signedIn },
  "me/leave": { path: "/me/leave", allowed: signedIn },
  "help-me": { path: "/help-me", allowed: everyone },
  "help-me/finder": { path: "/help-me/finder", allowed: everyone },
  "call-back": { path: "/call-back", allowed: everyone },
  "call-backs": { path: "/call-backs", allowed: ["方社工", "关审核员", "管理员"] },
  "lists/:list?": { path: "/lists/government", allowed: everyone },
  "lists/:list/:code": { path: "/lists/government/GW048", allowed: everyone },
  "lists/:list/:code/report": { path: "/lists/social/SS001/report", allowed: everyone },
  "lists-desk": { path: "/lists-desk", allowed: ["何干事"] },
  "lists-desk/new": { path: "/lists-desk/new", allowed: ["何干事"] },
  "lists-desk/items/:code": { path: "/lists-desk/items/SS001", allowed: ["何干事"] },
  "lists-desk/items/:code/rule": { path: "/lists-desk/items/SS001/rule", allowed: ["何干事"] },
  "lists-desk/values": { path: "/lists-desk/values", allowed: ["何干事"] },
  "lists-desk/imports/:id": { object: "/lists-desk/imports/01a00000-0000-7000-8000-000000000000" },
  "lists-desk/imports/:id/notes.csv": {
    object: "/lists-desk/imports/01a00000-0000-7000-8000-000000000000/notes.csv",
  },
  "lists-desk/files": { path: "/lists-desk/files", allowed: ["何干事"] },
  "lists-desk/template.csv": { path: "/lists-desk/template.csv?list=government", allowed: ["何干事"] },
  "lists-desk/template.xlsx": { path: "/lists-desk/template.xlsx", allowed: ["何干事"] },
  "lists-desk/export.csv": { path: "/lists-desk/export.csv?list=social", allowed: ["何干事"] },
  "lists-desk/export.xlsx": { path: "/lists-desk/export.xlsx", allowed: ["何干事"] },
  points: { path: "/points", allowed: everyone },
  open: { path: "/open", allowed: everyone },
  "towns/:code": { path: "/towns/442000001", allowed: everyone },
  accessibility: { path: "/accessibility", allowed: everyone },
  elder: { path: "/elder", allowed: everyone },
  preferences: { post: true },
  field: { path: "/field", allowed: ["方社工"] },
  "field/new": { path: "/field/new", allowed: ["方社工"] },
  "field/calls": { path: "/field/calls", allowed: ["方社工"] },
  "field/referrals": { path: "/field/referrals", allowed: ["方社工"] },
  "field/referrals/new": { path: "/field/referrals/new", allowed: ["方社工"] },
  "field/referrals/:id": { object: "/field/referrals/01a00000-0000-7000-8000-000000000000" },
  referrals: { path: "/referrals", allowed: ["关审核员", "何干事"] },
  "households/:id/sheet": { object: "/households/01a00000-0000-7000-8000-000000000000/sheet" },
  "field/answers": { path: "/field/answers", allowed: ["方社工"] },
  "field/import": { path: "/field/import", allowed: ["方社工"] },
  "field/imports/:id": { object: "/field/imports/01a00000-0000-7000-8000-000000000000" },
  "field/import/template.csv": { path: "/field/import/template.csv", allowed: ["方社工"] },
  "field/import/template.xlsx": { path: "/field/import/template.xlsx", allowed: ["方社工"] },
  "field/wishes/:id": { object: "/field/wishes/01a00000-0000-7000-8000-000000000000" },
  "field/wishes/:id/edit": { object: "/field/wishes/01a00000-0000-7000-8000-000000000000/edit" },
  organisation: { path: "/organisation", allowed: ["社工中心编辑"] },
  "organisation/new": { path: "/organisation/new", allowed: ["社工中心编辑"] },
  "organisation/needs/:id": { object: "/organisation/needs/01a00000-0000-7000-8000-000000000000" },
  "organisation/needs/:id/edit": { object: "/organisation/needs/01a00000-0000-7000-8000-000000000000/edit" },
  review: { path: "/review", allowed: ["关审核员", "何干事"] },
  "review/:id": { object: "/review/01a00000-0000-7000-8000-000000000000" },
  "review/:id/compare/:otherId": {
    object: "/review/01a00000-0000-7000-8000-000000000000/compare/01a00000-0000-7000-8000-000000000001",
  },
  requests: { path: "/requests", allowed: ["方社工", "关审核员", "管理员"] },
  "households/:id": { object: "/households/01a00000-0000-7000-8000-000000000000" },
  services: { path: "/services", allowed: ["方社工", "关审核员"] },
  feedback: { path: "/feedback", allowed: ["何干事"] },
  matching: { path: "/matching", allowed: ["何干事"] },
  companies: { path: "/companies", allowed: ["何干事"] },
  "admin/organisations": { path: "/admin/organisations", allowed: ["何干事", "管理员"] },
  "admin/organisations/new": { path: "/admin/organisations/new", allowed: ["何干事", "管理员"] },
  "admin/organisations/:id": { object: "/admin/organisations/01a00000-0000-7000-8000-000000000000" },
  "admin/people": { path: "/admin/people", allowed: ["管理员"] },
  "admin/limits": { path: "/admin/limits", allowed: ["管理员"] },
  "audit/use": { path: "/audit/use", allowed: ["霍审计"] },
  "audit/use.csv": { path: "/audit/use.csv", allowed: ["霍审计"] },
  "audit/roles": { path: "/audit/roles", allowed: ["霍审计", "管理员"] },
  audit: { path: "/audit", allowed: ["关审核员", "霍审计"] },
  "lists-desk/hsds/notes.csv": { elsewhere: "takes files only; tried in files.test" },
  "lists-desk/hsds": { path: "/lists-desk/hsds", allowed: ["何干事"] },
  finance: { path: "/finance", allowed: ["俞会计"] },
  "finance/money": { path: "/finance/money", allowed: ["何干事", "俞会计", "霍审计"] },
  "finance/money.csv": { path: "/finance/money.csv", allowed: ["何干事", "俞会计", "霍审计"] },
  "finance/goods": { path: "/finance/goods", allowed: ["何干事", "俞会计", "霍审计"] },
  "finance/goods.csv": { path: "/finance/goods.csv", allowed: ["何干事", "俞会计", "霍审计"] },
  "dev/gallery": { path: "/dev/gallery", allowed: everyone },
  "demo/mail": { path: "/demo/mail", allowed: signedIn },
  "*": { elsewhere: "404 in pages.test" },
  ":lang?": { elsewhere: "the language itself; 404 in pages.test" },
  "api/open/:file": { path: "/api/open/schema.json", allowed: everyone },
  "api/hsds": { path: "/api/hsds", allowed: everyone },
  "api/hsds/openapi.json": { path: "/api/hsds/openapi.json", allowed: everyone },
  "api/hsds/services": { path: "/api/hsds/services", allowed: everyone },
  "api/hsds/services/:id": { object: "/api/hsds/services/01a00000-0000-7000-8000-000000000000" },
  "api/hsds/organizations": { path: "/api/hsds/organizations", allowed: everyone },
  "api/hsds/organizations/:id": { object: "/api/hsds/organizations/01a00000-0000-7000-8000-000000000000" },
  "api/hsds/service_at_locations": { path: "/api/hsds/service_at_locations", allowed: everyone },
  "api/hsds/service_at_locations/:id": {
    object: "/api/hsds/service_at_locations/01a00000-0000-7000-8000-000000000000",
  },
  "api/hsds/taxonomies": { path: "/api/hsds/taxonomies", allowed: everyone },
  "api/hsds/taxonomies/:id": { object: "/api/hsds/taxonomies/01a00000-0000-7000-8000-000000000000" },
  "api/hsds/taxonomy_terms": { path: "/api/hsds/taxonomy_terms", allowed: everyone },
  "api/hsds/taxonomy_terms/:id": { object: "/api/hsds/taxonomy_terms/01a00000-0000-7000-8000-000000000000" },
  "webhooks/stripe": { elsewhere: "signed; tried below" },
};

/** Rooms of the store and of deliveries: who gets in is decided by point, by parcel and by town. */
export const STORE = /^(point|deliver|deliveries|d|s|files)(\/|$)/;
