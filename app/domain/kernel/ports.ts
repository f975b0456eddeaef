/**
 * A message to a person: a template's name and its values; the mail port finds words in the reader's
 * language. Never free text about a recipient.
 */
export type OutgoingMessage = Readonly<{
  to: string;
  locale: string;
  template: string;
  data: Readonly<Record<string, string | number>>;
}>;

export type MailPort = Readonly<{ send: (message: OutgoingMessage) => Promise<void> }>;

/** The place where files lie does not answer, or not as it should: it may be tried again. */
export class FilesDown extends Error {}

/** Content-addressed, write-once files; the caller keeps the returned hash. */
export type FilePort = Readonly<{
  /** @throws {FilesDown} */
  put: (bytes: Uint8Array) => Promise<{ sha256: string }>;
  /** Undefined for what was never kept, or is no longer what it was. @throws {FilesDown} */
  get: (sha256: string) => Promise<Uint8Array | undefined>;
  /**
   * A photo drawn anew without anything that travelled inside it; undefined when it is none, or too large.
   */
  cleanPhoto: (bytes: Uint8Array) => Promise<Uint8Array | undefined>;
}>;

export type CheckoutRequest = Readonly<{
  /** Sent as Stripe's idempotency key: asking again with the same key gives the same session. */
  idempotencyKey: string;
  stripeAccountId: string;
  amountFen: bigint;
  productName: string;
  successUrl: string;
  cancelUrl: string;
  expiresAt: Date;
  locale: string;
  /** Our own ids only. */
  metadata: Readonly<Record<string, string>>;
}>;

export type CheckoutSession = Readonly<{
  id: string;
  url: string | null;
  status: "open" | "complete" | "expired";
  paymentStatus: "paid" | "unpaid" | "no_payment_required";
  /** The payer did their part and the payment failed for good: this session will never be paid. */
  paymentFailed: boolean;
  paymentIntentId: string | null;
  amountFen: bigint;
  currency: string;
  metadata: Readonly<Record<string, string>>;
}>;

export type RefundRequest = Readonly<{
  idempotencyKey: string;
  stripeAccountId: string;
  paymentIntentId: string;
  amountFen: bigint;
  /** Our own id of the refund: by it a refund is found again whose answer was lost. */
  refundId: string;
}>;

export type Refund = Readonly<{
  id: string;
  status: "succeeded" | "pending" | "failed";
  paymentIntentId: string | null;
  refundId: string | null;
  amountFen: bigint;
}>;

/** An event with what it tells of, in our own words: nothing of its payer. */
export type VerifiedPaymentEvent = Readonly<{
  id: string;
  type: string;
  account: string | null;
  livemode: boolean;
  createdAt: Date;
  objectId: string;
  session: CheckoutSession | null;
  refund: Refund | null;
}>;

/**
 * The provider understood and will not do it, however often it is asked. Anything else that is thrown may be
 * tried again.
 */
export class PaymentRefused extends Error {}

/**
 * How money comes in. Stripe today; the shape names nothing of Stripe's wire format, so another provider can
 * stand here.
 */
export type PaymentPort = Readonly<{
  /** Whether this is the real provider's real money; events of the other kind are refused. */
  livemode: boolean;
  /** @throws {PaymentRefused} when there is no such session and never will be */
  createCheckout: (request: CheckoutRequest) => Promise<CheckoutSession>;
  readCheckout: (stripeAccountId: string, sessionId: string) => Promise<CheckoutSession>;
  /** Resolves to false when the session can no longer be expired (it completed). */
  expireCheckout: (stripeAccountId: string, sessionId: string) => Promise<boolean>;
  /**
   * Safe to repeat: also after the provider forgot the key, the same refund is found again. @throws
   * {PaymentRefused}
   */
  refund: (request: RefundRequest) => Promise<Refund>;
  readRefund: (stripeAccountId: string, id: string) => Promise<Refund>;
  /** @throws when the signature, its age or the body is wrong */
  verifyEvent: (rawBody: string, signature: string) => VerifiedPaymentEvent;
  /** Events since then that may not have reached us, oldest first: repairs lost webhooks. */
  listEvents: (stripeAccountId: string, since: Date) => Promise<VerifiedPaymentEvent[]>;
}>;

/**
 * A short message to somebody's phone: a template's name and its values, as with letters. It names neither a
 * person nor what is offered or given: phones are shared.
 */
export type TextMessage = Readonly<{
  phone: string;
  locale: string;
  /** A recipient may have something new, a code to come in by, news of a gift. */
  template: "newForYou" | "entryCode" | "giftNews";
  data: Readonly<Record<string, string | number>>;
}>;

export type TextPort = Readonly<{
  /** Whether messages can be sent at all; where not, caseworkers call. */
  canSend: boolean;
  /** Whether codes may go to this number, in the form by which two are compared. */
  reaches: (phone: string) => boolean;
  send: (message: TextMessage) => Promise<void>;
}>;

/** A row whose turn failed: its own id, and what was thrown. */
export type FailedRow = Readonly<{ id: string; error: unknown }>;

/** Where work that nobody waits for says what failed, for those who run the portal. Never throws. */
export type FaultPort = Readonly<{ rowsFailed: (work: string, failed: readonly FailedRow[]) => void }>;

export type Ports = Readonly<{
  payments: PaymentPort;
  mail: MailPort;
  files: FilePort;
  texts: TextPort;
  faults: FaultPort;
}>;
