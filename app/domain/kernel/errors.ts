import type { MessageKey } from "~/i18n/messages";

/** Every expected refusal: its HTTP status and the words people read. One table, so that status and words cannot drift apart. */
export const ERROR_CATALOGUE = {
  NOT_FOUND: { status: 404, message: "errors.notFound" },
  NOT_ALLOWED: { status: 403, message: "errors.notAllowed" },
  SIGN_IN_NEEDED: { status: 401, message: "errors.signInNeeded" },
  FOUR_EYES: { status: 403, message: "errors.fourEyes" },
  CHANGED_MEANWHILE: { status: 409, message: "errors.changedMeanwhile" },
  WRONG_STATE: { status: 409, message: "errors.wrongState" },
  REQUEST_KEY_REUSED: { status: 409, message: "errors.requestKeyReused" },
  OUTCOME_UNKNOWN: { status: 503, message: "errors.outcomeUnknown" },
  IN_THE_PAST: { status: 422, message: "errors.inThePast" },
  NO_SUCH_ACCOUNT: { status: 422, message: "errors.noSuchAccount" },
  LAST_ADMIN: { status: 409, message: "errors.lastAdmin" },
  IN_THE_FUTURE: { status: 422, message: "errors.inTheFuture" },
  NOT_ENOUGH_LEFT: { status: 409, message: "errors.notEnoughLeft" },
  TOO_MANY_REQUESTS: { status: 429, message: "errors.tooManyRequests" },
  HOLD_ENDED: { status: 409, message: "errors.holdEnded" },
  TOO_MANY_HOLDS: { status: 409, message: "errors.tooManyHolds" },
  NOTHING_LIKE_IT: { status: 409, message: "errors.nothingLikeIt" },
  TOO_LATE_TO_UNDO: { status: 409, message: "errors.tooLateToUndo" },
  KIND_REFUSED: { status: 422, message: "errors.kindRefused" },
  ENTITLEMENTS_FIRST: { status: 422, message: "errors.entitlementsFirst" },
  ENTITLEMENTS_OPEN: { status: 422, message: "errors.entitlementsOpen" },
  CONSENT_MISSING: { status: 422, message: "errors.consentMissing" },
  DUPLICATES_UNJUDGED: { status: 422, message: "errors.duplicatesUnjudged" },
  OVER_CAP_REASON_NEEDED: { status: 422, message: "errors.overCapReasonNeeded" },
  OVER_CAP_UNAPPROVED: { status: 409, message: "errors.overCapUnapproved" },
  PUBLISH_GUARD: { status: 422, message: "errors.publishGuard" },
  CERTIFICATE_EXPIRED: { status: 409, message: "errors.certificateExpired" },
  PAYMENTS_CLOSED: { status: 409, message: "errors.paymentsClosed" },
  PAYMENTS_OPEN: { status: 409, message: "errors.paymentsOpen" },
  ALREADY_INTENDED: { status: 409, message: "errors.alreadyIntended" },
  ALREADY_GOING_BACK: { status: 409, message: "errors.alreadyGoingBack" },
  PAYMENT_DESK_DOWN: { status: 503, message: "errors.paymentDeskDown" },
  FUND_EXHAUSTED: { status: 409, message: "errors.fundExhausted" },
  VOUCHER_USED: { status: 409, message: "errors.voucherUsed" },
  MORE_THAN_PROMISED: { status: 422, message: "errors.moreThanPromised" },
  COUNTS_DO_NOT_ADD_UP: { status: 422, message: "errors.countsDoNotAddUp" },
  GOODS_EXPIRED: { status: 422, message: "errors.goodsExpired" },
  SECRET_WRONG: { status: 422, message: "errors.secretWrong" },
  SECRET_LOCKED: { status: 409, message: "errors.secretLocked" },
  SECOND_WITNESS_NEEDED: { status: 422, message: "errors.secondWitnessNeeded" },
  PROOF_MISSING: { status: 422, message: "errors.proofMissing" },
  NOTHING_HANDED_OVER: { status: 422, message: "errors.nothingHandedOver" },
  DONOR_DELIVERS: { status: 403, message: "errors.donorDelivers" },
  SIGN_IN_FAILED: { status: 422, message: "errors.signInFailed" },
  MAIL_TAKEN: { status: 409, message: "errors.mailTaken" },
  PASSWORD_COMMON: { status: 422, message: "errors.passwordCommon" },
  CODE_UNKNOWN: { status: 422, message: "errors.codeUnknown" },
  FILE_NOT_A_PHOTO: { status: 422, message: "errors.fileNotAPhoto" },
  SHARE_CONSENT_MISSING: { status: 422, message: "errors.shareConsentMissing" },
  ALREADY_REFERRED: { status: 409, message: "errors.alreadyReferred" },
  TRIES_MISSING: { status: 422, message: "errors.triesMissing" },
  OWNERS_WAITING: { status: 422, message: "errors.ownersWaiting" },
  LEAD_STAYS: { status: 409, message: "errors.leadStays" },
} as const satisfies Record<string, { status: number; message: MessageKey }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** An expected refusal. Anything else that is thrown is a bug and reaches the error boundary. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.name = "DomainError";
  }
}
