/** A message to a person: a template's name and its values; the mail port finds words in the reader's language. Never free text about a recipient. */
export type OutgoingMessage = Readonly<{ to: string; locale: string; template: string; data: Readonly<Record<string, string | number>> }>;

export type MailPort = Readonly<{ send: (message: OutgoingMessage) => Promise<void> }>;

/** Content-addressed, write-once files; the caller keeps the returned hash. */
export type FilePort = Readonly<{
  put: (bytes: Uint8Array) => Promise<{ sha256: string }>;
  get: (sha256: string) => Promise<Uint8Array | undefined>;
  /** A photo drawn anew without anything that travelled inside it; undefined when it is none, or too large. */
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
  paymentIntentId: string | null;
  amountFen: bigint;
  currency: string;
  metadata: Readonly<Record<string, string>>;
}>;

export type RefundOutcome = Readonly<{ id: string; status: "succeeded" | "pending" | "failed" }>;

export type VerifiedPaymentEvent = Readonly<{ id: string; type: string; account: string | null; livemode: boolean; createdAt: Date; objectId: string; object: unknown }>;

/** How money comes in. Stripe today; the shape names nothing of Stripe's wire format, so another provider can stand here. */
export type PaymentPort = Readonly<{
  createCheckout: (request: CheckoutRequest) => Promise<CheckoutSession>;
  readCheckout: (stripeAccountId: string, sessionId: string) => Promise<CheckoutSession>;
  /** Resolves to false when the session can no longer be expired (it completed). */
  expireCheckout: (stripeAccountId: string, sessionId: string) => Promise<boolean>;
  refund: (request: { idempotencyKey: string; stripeAccountId: string; paymentIntentId: string; amountFen: bigint }) => Promise<RefundOutcome>;
  /** @throws when the signature, its age or the body is wrong */
  verifyEvent: (rawBody: string, signature: string) => VerifiedPaymentEvent;
  /** The checkout session that a verified event tells of; undefined when it tells of something else. */
  sessionOf: (event: VerifiedPaymentEvent) => CheckoutSession | undefined;
  /** Events since then that may not have reached us, oldest first: repairs lost webhooks. */
  listEvents: (stripeAccountId: string, since: Date) => Promise<VerifiedPaymentEvent[]>;
}>;

export type Ports = Readonly<{ payments: PaymentPort; mail: MailPort; files: FilePort }>;
