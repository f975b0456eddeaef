import type { ItemOutcome, Proof } from "~db/schema/delivery";

/** The coded values that pages offer, in the order in which people meet them. */
export const FAILED_OUTCOMES = [
  "not_home",
  "refused",
  "damaged",
  "died_or_moved",
] as const satisfies readonly ItemOutcome[];
export const LOSS_REASONS = ["lost_on_the_way", "stolen", "accident"] as const;
/** Reasons to take goods out of stock; what is missing is for an operator to record. */
export const WRITE_OFF_REASONS = ["out_of_date", "damaged", "unsafe", "donor_took_back", "missing"] as const;

/**
 * What can prove a handover: a list is signed by a group only; a photo or list must be taken while the parcel
 * is out.
 */
export const proofsFor = ({ isGroup, locked }: { isGroup: boolean; locked: boolean }): readonly Proof[] =>
  locked
    ? ["two_witnesses"]
    : isGroup
      ? ["secret", "signed_list", "two_witnesses", "photo"]
      : ["secret", "two_witnesses", "photo"];

/**
 * The lists of a town's deliveries: what is under way, what somebody should ask after, what is doubtful, what
 * has ended.
 */
export const DELIVERY_LISTS = ["open", "to_confirm", "doubted", "photos", "ended"] as const;
/** Those on which somebody has still to act. */
export const LISTS_TO_DO = ["open", "to_confirm", "doubted", "photos"] as const;
export type DeliveryListName = (typeof DELIVERY_LISTS)[number];
