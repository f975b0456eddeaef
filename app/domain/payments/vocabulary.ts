import type { FinanceTaskKind } from "~db/schema/payments";
import type { TaskResolution } from "~db/schema/paymentVocabulary";

/** Which ends fit which task: only money that is really here can be placed, sent back or kept. */
export const RESOLUTIONS_OF: Readonly<Record<FinanceTaskKind, readonly TaskResolution[]>> = {
  late_payment: ["placed", "refunded", "kept_in_programme"],
  second_payment: ["refunded", "kept_in_programme"],
  target_gone: ["refunded", "kept_in_programme"],
  wrong_account: ["explained"],
  wrong_amount: ["explained"],
  unknown_session: ["explained"],
  unknown_refund: ["explained"],
  refund_failed: ["refunded", "explained"],
};
