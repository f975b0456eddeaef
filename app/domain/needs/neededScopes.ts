import type { ConsentScope } from "~db/schema/households";

/** Without these nobody may read, pass on or publish what was said. */
export const NEEDED_SCOPES = ["collect", "share", "publish"] as const satisfies readonly ConsentScope[];
