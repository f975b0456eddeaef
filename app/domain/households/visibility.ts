import { type Actor, holds } from "~/domain/kernel/actor";

/**
 * What of a recipient each kind of reader may see at all, and only after opening the record with a reason,
 * for `openingMinutes`. `readOpened` goes by it, and the walk of the canaries tries every page
 * against it.
 */
export const FIELDS = [
  "name",
  "phone",
  "address",
  "disability",
  "illness",
  "dibaoNumber",
  "income",
  "school",
  "village",
  "guardian",
  "idNumber",
] as const;
export type SealedField = (typeof FIELDS)[number];

export type Viewer = "public" | "donor" | "town" | "carrier" | "operator" | "finance" | "auditor";

const EVERYTHING: readonly SealedField[] = FIELDS;

export const MAY_OPEN: Readonly<Record<Viewer, readonly SealedField[]>> = {
  public: [],
  donor: [],
  town: EVERYTHING,
  /** Storekeeper or courier: where to bring their own parcel, while it is out. */
  carrier: ["name", "phone", "address"],
  operator: EVERYTHING,
  finance: [],
  auditor: EVERYTHING,
};

/**
 * The viewer that the actor is to a record of that town. `carries` = they have a parcel for it that is out.
 */
export function viewerOf(actor: Actor, record: { townCode: string }, carries: boolean): Viewer {
  const town = { kind: "town", id: record.townCode } as const;
  if (holds(actor, "caseworker", town) || holds(actor, "town_reviewer", town)) return "town";
  if (holds(actor, "operator")) return "operator";
  if (holds(actor, "auditor")) return "auditor";
  return carries ? "carrier" : "public";
}
