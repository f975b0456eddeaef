import Stripe from "stripe";
import { ownOf } from "~/domain/kernel/own";
import {
  type CheckoutSession,
  type PaymentPort,
  PaymentRefused,
  type Refund,
  type VerifiedPaymentEvent,
} from "~/domain/kernel/ports";

export type StripeSettings = Readonly<{
  STRIPE_SECRET_KEY: string;
  STRIPE_WEBHOOK_SECRET: string;
  STRIPE_EMULATOR_URL?: string | undefined;
}>;

const SIGNATURE_MAX_AGE_SECONDS = 300;

/**
 * Stripe's SDK; without keys of its own an installation points it at the local test desk, and everything else
 * is the same code.
 */
function client({ STRIPE_SECRET_KEY, STRIPE_EMULATOR_URL }: StripeSettings): Stripe {
  const desk = STRIPE_EMULATOR_URL === undefined ? undefined : new URL(STRIPE_EMULATOR_URL);
  return new Stripe(STRIPE_SECRET_KEY, {
    maxNetworkRetries: 2,
    timeout: 15_000,
    telemetry: false,
    ...(desk ? { host: desk.hostname, port: desk.port, protocol: "http" } : {}),
  });
}

const idOf = (reference: string | { id: string } | null): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null);

const FAILED_INTENT: ReadonlySet<string> = new Set(["requires_payment_method", "canceled"]);
const intentFailed = (intent: string | Stripe.PaymentIntent | null): boolean =>
  typeof intent === "object" && intent !== null && FAILED_INTENT.has(intent.status);

const asSession = (session: Stripe.Checkout.Session): CheckoutSession => ({
  id: session.id,
  url: session.url,
  // Stripe may add words to these lists; one that we do not know counts as not paid and still open.
  status: session.status === "complete" ? "complete" : session.status === "expired" ? "expired" : "open",
  paymentStatus:
    session.payment_status === "paid"
      ? "paid"
      : session.payment_status === "no_payment_required"
        ? "no_payment_required"
        : "unpaid",
  paymentFailed:
    session.status === "complete" &&
    session.payment_status === "unpaid" &&
    intentFailed(session.payment_intent),
  paymentIntentId: idOf(session.payment_intent),
  amountFen: BigInt(session.amount_total ?? 0),
  currency: session.currency ?? "",
  metadata: session.metadata ?? {},
});

const asRefund = (refund: Stripe.Refund): Refund => ({
  id: refund.id,
  status:
    refund.status === "succeeded"
      ? "succeeded"
      : refund.status === "failed" || refund.status === "canceled"
        ? "failed"
        : "pending",
  paymentIntentId: idOf(refund.payment_intent),
  refundId: refund.metadata?.["refund"] ?? null,
  amountFen: BigInt(refund.amount),
});

/** Keeps what we act on and drops the rest: Stripe's objects carry the payer's name and mail address. */
const asEvent = (event: Stripe.Event): VerifiedPaymentEvent => {
  const object = event.data.object as { id?: string };
  const session = event.type.startsWith("checkout.session.")
    ? asSession(event.data.object as Stripe.Checkout.Session)
    : null;
  return {
    id: event.id,
    type: event.type,
    account: event.account ?? null,
    livemode: event.livemode,
    createdAt: new Date(event.created * 1000),
    objectId: object.id ?? "",
    session:
      session && event.type === "checkout.session.async_payment_failed"
        ? { ...session, paymentFailed: true }
        : session,
    refund: event.type.startsWith("refund.") ? asRefund(event.data.object as Stripe.Refund) : null,
  };
};

/** Tells apart what Stripe understood and will not do from what may be tried again. */
async function refusals<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      throw new PaymentRefused(error.code ?? error.type, { cause: error });
    throw error;
  }
}

const STRIPE_LOCALES: Readonly<Record<string, "zh" | "zh-HK" | "en">> = {
  "zh-Hans": "zh",
  "zh-Hant": "zh-HK",
  en: "en",
};

/** Money through Stripe Checkout, as direct charges on the charity's own connected account. */
export function makePaymentPort(settings: StripeSettings): PaymentPort {
  const stripe = client(settings);
  return {
    livemode: /^(sk|rk)_live_/.test(settings.STRIPE_SECRET_KEY),
    async createCheckout(request) {
      const asked = stripe.checkout.sessions.create(
        {
          mode: "payment",
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: "cny",
                unit_amount: Number(request.amountFen),
                product_data: { name: request.productName },
              },
            },
          ],
          allowed_payment_method_types: ["card", "alipay", "wechat_pay"],
          payment_method_options: { wechat_pay: { client: "web" } },
          success_url: request.successUrl,
          cancel_url: request.cancelUrl,
          expires_at: Math.floor(request.expiresAt.getTime() / 1000),
          locale: ownOf(STRIPE_LOCALES, request.locale) ?? "auto",
          metadata: { ...request.metadata },
        },
        { idempotencyKey: request.idempotencyKey, stripeAccount: request.stripeAccountId },
      );
      return asSession(await refusals(asked));
    },
    async readCheckout(stripeAccount, sessionId) {
      return asSession(
        await stripe.checkout.sessions.retrieve(sessionId, { expand: ["payment_intent"] }, { stripeAccount }),
      );
    },
    async expireCheckout(stripeAccount, sessionId) {
      try {
        await stripe.checkout.sessions.expire(sessionId, {}, { stripeAccount });
        return true;
      } catch (error) {
        // Only an open session can be expired; one that was completed meanwhile is paid, and that event is on
        // its way.
        if (error instanceof Stripe.errors.StripeInvalidRequestError)
          return (
            (await stripe.checkout.sessions.retrieve(sessionId, {}, { stripeAccount })).status === "expired"
          );
        throw error;
      }
    },
    async refund({ idempotencyKey, stripeAccountId, paymentIntentId, amountFen, refundId }) {
      const on = { stripeAccount: stripeAccountId };
      try {
        const asked = {
          payment_intent: paymentIntentId,
          amount: Number(amountFen),
          metadata: { refund: refundId },
        };
        return asRefund(await refusals(stripe.refunds.create(asked, { ...on, idempotencyKey })));
      } catch (error) {
        if (!(error instanceof PaymentRefused)) throw error;
        // Stripe forgets keys after a day; a refund that was made before is among those of its payment.
        const { data } = await stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }, on);
        const made = data.map(asRefund).find((refund) => refund.refundId === refundId);
        if (made) return made;
        throw error;
      }
    },
    async readRefund(stripeAccount, id) {
      return asRefund(await stripe.refunds.retrieve(id, {}, { stripeAccount }));
    },
    verifyEvent(rawBody, signature) {
      const event = stripe.webhooks.constructEvent(
        rawBody,
        signature,
        settings.STRIPE_WEBHOOK_SECRET,
        SIGNATURE_MAX_AGE_SECONDS,
      );
      // The SDK refuses old signatures but accepts ones from the future.
      const signedAt = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? 0) * 1000;
      if (signedAt - Date.now() > SIGNATURE_MAX_AGE_SECONDS * 1000)
        throw new Error("the signature is from the future");
      return asEvent(event);
    },
    async listEvents(stripeAccount, since) {
      const events: VerifiedPaymentEvent[] = [];
      for await (const event of stripe.events.list(
        { created: { gte: Math.floor(since.getTime() / 1000) }, limit: 100 },
        { stripeAccount },
      ))
        events.push(asEvent(event));
      return events.reverse();
    },
  };
}
