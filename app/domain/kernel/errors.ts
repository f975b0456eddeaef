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
  IN_THE_FUTURE: { status: 422, message: "errors.inTheFuture" },
  NOT_ENOUGH_LEFT: { status: 409, message: "errors.notEnoughLeft" },
  TOO_MANY_REQUESTS: { status: 429, message: "errors.tooManyRequests" },
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
