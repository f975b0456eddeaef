import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export type DeskSession = {
  id: string;
  account: string;
  amount: number;
  currency: string;
  name: string;
  status: "open" | "complete" | "expired";
  paymentIntent: string | null;
  successUrl: string;
  cancelUrl: string;
  expiresAt: number;
  metadata: Record<string, string>;
  refunded: number;
  /** Another one than "paid" for ways to pay that take days. */
  payment?: "paid" | "unpaid" | "failed";
};

export type DeskRefund = {
  id: string;
  account: string;
  amount: number;
  status: "succeeded" | "pending" | "failed";
  paymentIntent: string;
  metadata: Record<string, string>;
};

type DeskEvent = { id: string; type: string; account: string; created: number; object: unknown };

/** What the test desk remembers, in a file, so that a restart forgets no payment. */
export class DeskState {
  sessions: Record<string, DeskSession> = {};
  refunds: Record<string, DeskRefund> = {};
  events: DeskEvent[] = [];
  answers: Record<string, { hash: string; status: number; body: unknown }> = {};

  constructor(private readonly file: string | undefined) {
    if (file !== undefined && existsSync(file)) Object.assign(this, JSON.parse(readFileSync(file, "utf8")));
  }

  save(): void {
    if (this.file !== undefined)
      writeFileSync(
        this.file,
        JSON.stringify({
          sessions: this.sessions,
          refunds: this.refunds,
          events: this.events,
          answers: this.answers,
        }),
      );
  }
}

export const deskId = (prefix: string): string => `${prefix}_test_${randomBytes(12).toString("hex")}`;

/** A checkout session in Stripe's wire format. */
export const wireSession = (session: DeskSession, publicUrl: string) => ({
  id: session.id,
  object: "checkout.session",
  amount_total: session.amount,
  currency: session.currency,
  status: session.status,
  payment_status: session.status === "complete" && (session.payment ?? "paid") === "paid" ? "paid" : "unpaid",
  payment_intent: session.paymentIntent === null ? null : wireIntent(session, session.paymentIntent),
  url: session.status === "open" ? `${publicUrl}/test-desk/pay/${session.id}` : null,
  expires_at: session.expiresAt,
  livemode: false,
  metadata: session.metadata,
});

/** The portal asks for the payment intent expanded; an id would do elsewhere. */
const wireIntent = (session: DeskSession, id: string) => ({
  id,
  object: "payment_intent",
  status: { paid: "succeeded", unpaid: "processing", failed: "requires_payment_method" }[
    session.payment ?? "paid"
  ],
});

/** A refund in Stripe's wire format. */
export const wireRefund = ({ id, amount, status, paymentIntent, metadata }: DeskRefund) => ({
  id,
  object: "refund",
  amount,
  status,
  payment_intent: paymentIntent,
  metadata,
});
