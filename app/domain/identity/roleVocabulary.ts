import type { Role, ScopeKind } from "~db/schema/identity";

/** Roles that an admin gives; everybody may give without one. */
export const STAFF_ROLES = [
  "caseworker",
  "town_reviewer",
  "operator",
  "storekeeper",
  "courier",
  "finance",
  "auditor",
  "org_viewer",
  "org_editor",
  "org_manager",
  "admin",
] as const satisfies readonly Role[];

/** In what kind of place each role holds. */
export const SCOPE_OF_ROLE: Readonly<Record<(typeof STAFF_ROLES)[number], ScopeKind>> = {
  caseworker: "town",
  town_reviewer: "town",
  operator: "city",
  storekeeper: "point",
  courier: "city",
  finance: "charity",
  auditor: "city",
  org_viewer: "organisation",
  org_editor: "organisation",
  org_manager: "organisation",
  admin: "city",
};
