import Stripe from "stripe";
import type { CheckoutSession, PaymentPort, VerifiedPaymentEvent } from "~/domain/kernel/ports";

export type StripeSettings = Readonly<{ STRIPE_SECRET_KEY: string; STRIPE_WEBHOOK_SECRET: string; STRIPE_EMULATOR_URL?: string | undefined }>;

const SIGNATURE_MAX_AGE_SECONDS = 300;

/** Stripe's SDK; without keys of its own an installation points it at the local test desk, and everything else is the same code. */
function client({ STRIPE_SECRET_KEY, STRIPE_EMULATOR_URL }: StripeSettings): Stripe {
  const desk = STRIPE_EMULATOR_URL === undefined ? undefined : new URL(STRIPE_EMULATOR_URL);
  return new Stripe(STRIPE_SECRET_KEY, {
    maxNetworkRetries: 2,
    timeout: 15_000,
    telemetry: false,
    ...(desk ? { host: desk.hostname, port: desk.port, protocol: "http" } : {}),
  });
}

const idOf = (reference: string | { id: string } | null): string | null => (typeof reference === "string" ? reference : (reference?.id ?? null));

const asSession = (session: Stripe.Checkout.Session): CheckoutSession => ({
  id: session.id,
  url: session.url,
  // Stripe may add words to these lists; one that we do not know counts as not paid and still open.
  status: session.status === "complete" ? "complete" : session.status === "expired" ? "expired" : "open",
  paymentStatus: session.payment_status === "paid" ? "paid" : session.payment_status === "no_payment_required" ? "no_payment_required" : "unpaid",
  paymentIntentId: idOf(session.payment_intent),
  amountFen: BigInt(session.amount_total ?? 0),
  currency: session.currency ?? "",
  metadata: session.metadata ?? {},
});

const asEvent = (event: Stripe.Event): VerifiedPaymentEvent => {
  const object = event.data.object as { id?: string };
  return { id: event.id, type: event.type, account: event.account ?? null, livemode: event.livemode, createdAt: new Date(event.created * 1000), objectId: object.id ?? "", object };
};

const STRIPE_LOCALES: Readonly<Record<string, "zh" | "zh-HK" | "en">> = { "zh-Hans": "zh", "zh-Hant": "zh-HK", en: "en" };

/** Money through Stripe Checkout, as direct charges on the charity's own connected account (decisions 21). */
export function makePaymentPort(settings: StripeSettings): PaymentPort {
  const stripe = client(settings);
  return {
    async createCheckout(request) {
      const session = await stripe.checkout.sessions.create(
        {
          mode: "payment",
          line_items: [{ quantity: 1, price_data: { currency: "cny", unit_amount: Number(request.amountFen), product_data: { name: request.productName } } }],
          allowed_payment_method_types: ["card", "alipay", "wechat_pay"],
          payment_method_options: { wechat_pay: { client: "web" } },
          success_url: request.successUrl,
          cancel_url: request.cancelUrl,
          expires_at: Math.floor(request.expiresAt.getTime() / 1000),
          locale: STRIPE_LOCALES[request.locale] ?? "auto",
          metadata: { ...request.metadata },
        },
        { idempotencyKey: request.idempotencyKey, stripeAccount: request.stripeAccountId },
      );
      return asSession(session);
    },
    async readCheckout(stripeAccount, sessionId) {
      return asSession(await stripe.checkout.sessions.retrieve(sessionId, {}, { stripeAccount }));
    },
    async expireCheckout(stripeAccount, sessionId) {
      try {
        await stripe.checkout.sessions.expire(sessionId, {}, { stripeAccount });
        return true;
      } catch (error) {
        // Only an open session can be expired; one that was completed meanwhile is paid, and that event is on its way.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return (await stripe.checkout.sessions.retrieve(sessionId, {}, { stripeAccount })).status === "expired";
        throw error;
      }
    },
    async refund({ idempotencyKey, stripeAccountId, paymentIntentId, amountFen }) {
      const refund = await stripe.refunds.create({ payment_intent: paymentIntentId, amount: Number(amountFen) }, { idempotencyKey, stripeAccount: stripeAccountId });
      return { id: refund.id, status: refund.status === "succeeded" ? "succeeded" : refund.status === "failed" ? "failed" : "pending" };
    },
    verifyEvent(rawBody, signature) {
      const event = stripe.webhooks.constructEvent(rawBody, signature, settings.STRIPE_WEBHOOK_SECRET, SIGNATURE_MAX_AGE_SECONDS);
      // The SDK refuses old signatures but accepts ones from the future.
      const signedAt = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? 0) * 1000;
      if (signedAt - Date.now() > SIGNATURE_MAX_AGE_SECONDS * 1000) throw new Error("the signature is from the future");
      return asEvent(event);
    },
    sessionOf: (event) => (event.type.startsWith("checkout.session.") ? asSession(event.object as Stripe.Checkout.Session) : undefined),
    async listEvents(stripeAccount, since) {
      const events: VerifiedPaymentEvent[] = [];
      for await (const event of stripe.events.list({ created: { gte: Math.floor(since.getTime() / 1000) }, limit: 100 }, { stripeAccount })) events.push(asEvent(event));
      return events.reverse();
    },
  };
}
