import { createHash } from "node:crypto";
import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import Stripe from "stripe";
import { ownOf } from "~/domain/kernel/own";
import { payPage } from "./page";
import { type DeskRequest, noteRequests } from "./requests";
import { deskId, type DeskRefund, type DeskSession, DeskState, wireRefund, wireSession } from "./state";

type Options = Readonly<{
  port?: number;
  publicUrl: string;
  webhookUrl: string;
  webhookSecret: string;
  stateFile?: string;
  now?: () => Date;
}>;

/** Misbehaviour on command, for tests: a real provider does all of this. */
export type Mischief = {
  dropWebhooks: boolean;
  repeatWebhooks: number;
  failNextCreate: number;
  /** Makes no session, as Stripe does when its time would be over in less than half an hour. */
  refuseCreate: boolean;
  /** Answers to so many requests for refunds get lost: `after` they were made, or `before`. */
  loseRefundAnswers: number;
  loseThem: "before" | "after";
  refundsAre: "succeeded" | "pending";
  /** Forgets the idempotency keys, as Stripe does after a day. */
  forgetsKeys: boolean;
};

export type TestDesk = Readonly<{
  url: string;
  state: DeskState;
  mischief: Mischief;
  /** What our client sent, the oldest first; also at /test-desk/requests. */
  requests: readonly DeskRequest[];
  pay: (sessionId: string, how?: "paid" | "unpaid") => Promise<void>;
  endPayment: (sessionId: string, how: "paid" | "failed") => Promise<void>;
  endRefund: (refundId: string, how: "succeeded" | "failed") => Promise<void>;
  close: () => Promise<void>;
}>;

const refuse = (c: Context, status: 400 | 404 | 500, message: string) =>
  c.json({ error: { type: status === 500 ? "api_error" : "invalid_request_error", message } }, status);

/**
 * A local, stateful stand-in for the parts of Stripe that the portal uses: checkout sessions on connected
 * accounts, idempotency keys, expiry, refunds, events, signed webhooks, and a payment page that is plainly
 * marked as a test desk. No money moves.
 */
export async function startTestDesk({
  port = 0,
  publicUrl,
  webhookUrl,
  webhookSecret,
  stateFile,
  now = () => new Date(),
}: Options): Promise<TestDesk> {
  const state = new DeskState(stateFile);
  const mischief: Mischief = {
    dropWebhooks: false,
    repeatWebhooks: 1,
    failNextCreate: 0,
    refuseCreate: false,
    loseRefundAnswers: 0,
    loseThem: "after",
    refundsAre: "succeeded",
    forgetsKeys: false,
  };
  const requests: DeskRequest[] = [];
  const signer = new Stripe("sk_test_desk");
  const seconds = () => Math.floor(now().getTime() / 1000);

  const emitSession = (type: string, session: DeskSession) =>
    emit(type, session.account, wireSession(session, publicUrl));

  async function emit(type: string, account: string, object: unknown): Promise<void> {
    const event = { id: deskId("evt"), type, account, created: seconds(), object };
    state.events.push(event);
    state.save();
    if (mischief.dropWebhooks) return;
    const payload = JSON.stringify(wireEvent(event));
    const signature = signer.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
    const send = () =>
      fetch(webhookUrl, {
        method: "POST",
        headers: { "stripe-signature": signature, "content-type": "application/json" },
        body: payload,
      }).catch(() => undefined);
    await Promise.all(Array.from({ length: mischief.repeatWebhooks }, send));
  }

  async function pay(sessionId: string, how: "paid" | "unpaid" = "paid"): Promise<void> {
    const session = ownOf(state.sessions, sessionId);
    if (session?.status !== "open") throw new Error("this session is not open");
    session.status = "complete";
    session.payment = how;
    session.paymentIntent = deskId("pi");
    await emitSession("checkout.session.completed", session);
  }

  async function endPayment(sessionId: string, how: "paid" | "failed"): Promise<void> {
    const session = ownOf(state.sessions, sessionId);
    if (session?.payment !== "unpaid") throw new Error("this session waits for no payment");
    session.payment = how;
    await emitSession(
      how === "paid" ? "checkout.session.async_payment_succeeded" : "checkout.session.async_payment_failed",
      session,
    );
  }

  async function endRefund(refundId: string, how: "succeeded" | "failed"): Promise<void> {
    const refund = ownOf(state.refunds, refundId);
    if (!refund) throw new Error("no such refund");
    refund.status = how;
    await emit(how === "failed" ? "refund.failed" : "refund.updated", refund.account, wireRefund(refund));
  }

  const app = new Hono();
  app.use("/v1/*", noteRequests(requests));
  app.post("/v1/checkout/sessions", async (c) => {
    const text = await c.req.text();
    if (mischief.failNextCreate > 0) {
      mischief.failNextCreate -= 1;
      return refuse(c, 500, "the desk is out of order");
    }

    return idempotent(c, text, (form) => {
      if (mischief.refuseCreate) return undefined;
      const session: DeskSession = {
        id: deskId("cs"),
        account: c.req.header("stripe-account") ?? "",
        amount:
          Number(form.get("line_items[0][price_data][unit_amount]")) *
          Number(form.get("line_items[0][quantity]")),
        currency: form.get("line_items[0][price_data][currency]") ?? "",
        name: form.get("line_items[0][price_data][product_data][name]") ?? "",
        status: "open",
        paymentIntent: null,
        successUrl: form.get("success_url") ?? "",
        cancelUrl: form.get("cancel_url") ?? "",
        expiresAt: Number(form.get("expires_at")),
        metadata: metadataOf(form),
        refunded: 0,
      };
      state.sessions[session.id] = session;
      return wireSession(session, publicUrl);
    });
  });
  app.get("/v1/checkout/sessions/:id", (c) => {
    const session = own(c);
    return session ? c.json(wireSession(session, publicUrl)) : refuse(c, 404, "no such session");
  });
  app.post("/v1/checkout/sessions/:id/expire", async (c) => {
    const session = own(c);
    if (!session) return refuse(c, 404, "no such session");
    if (session.status !== "open") return refuse(c, 400, "only an open session can be expired");
    session.status = "expired";
    await emitSession("checkout.session.expired", session);
    return c.json(wireSession(session, publicUrl));
  });
  app.post("/v1/refunds", async (c) => {
    const text = await c.req.text();
    const intent = new URLSearchParams(text).get("payment_intent");
    const session = Object.values(state.sessions).find(
      (known) => known.paymentIntent === intent && known.account === c.req.header("stripe-account"),
    );
    if (!session) return refuse(c, 404, "no such payment");
    const lost = mischief.loseRefundAnswers > 0;
    if (lost) mischief.loseRefundAnswers -= 1;
    if (lost && mischief.loseThem === "before") return refuse(c, 500, "the desk is out of order");
    const answer = idempotent(c, text, (form) => {
      const amount = Number(form.get("amount"));
      if (session.refunded + amount > session.amount) return undefined;
      session.refunded += amount;
      const refund: DeskRefund = {
        id: deskId("re"),
        account: session.account,
        amount,
        status: mischief.refundsAre,
        paymentIntent: intent ?? "",
        metadata: metadataOf(form),
      };
      state.refunds[refund.id] = refund;
      return wireRefund(refund);
    });
    return lost ? refuse(c, 500, "the answer got lost") : answer;
  });
  app.get("/v1/refunds", (c) => {
    const of = Object.values(state.refunds).filter(
      (refund) =>
        refund.paymentIntent === c.req.query("payment_intent") &&
        refund.account === c.req.header("stripe-account"),
    );
    return c.json({ object: "list", data: of.map(wireRefund), has_more: false, url: "/v1/refunds" });
  });
  app.get("/v1/refunds/:id", (c) => {
    const refund = ownOf(state.refunds, c.req.param("id"));
    return refund && refund.account === c.req.header("stripe-account")
      ? c.json(wireRefund(refund))
      : refuse(c, 404, "no such refund");
  });
  app.get("/v1/events", (c) => {
    const since = Number(c.req.query("created[gte]") ?? 0);
    const data = state.events
      .filter((event) => event.account === c.req.header("stripe-account") && event.created >= since)
      .map(wireEvent);
    return c.json({ object: "list", data: data.reverse(), has_more: false, url: "/v1/events" });
  });
  app.get("/test-desk/requests", (c) => c.json(requests));
  app.get("/test-desk/pay/:id", (c) => {
    const session = ownOf(state.sessions, c.req.param("id"));
    return session ? c.html(payPage(session)) : c.text("unknown", 404);
  });
  app.post("/test-desk/pay/:id", async (c) => {
    const session = ownOf(state.sessions, c.req.param("id"));
    if (!session) return c.text("unknown", 404);
    const choice = new URLSearchParams(await c.req.text()).get("choice");
    if (choice !== "pay") return c.redirect(session.cancelUrl, 303);
    if (session.status === "open") await pay(session.id);
    return c.redirect(session.successUrl, 303);
  });

  function own(c: Context): DeskSession | undefined {
    const session = ownOf(state.sessions, c.req.param("id") ?? "");
    return session?.account === c.req.header("stripe-account") ? session : undefined;
  }

  /** Same key, same body: the first answer again. Same key, other body: refused, as Stripe does. */
  function idempotent(c: Context, text: string, make: (form: URLSearchParams) => unknown) {
    const key = `${c.req.header("stripe-account") ?? ""} ${c.req.header("idempotency-key") ?? deskId("key")}`;
    const hash = createHash("sha256").update(text).digest("hex");
    const earlier = mischief.forgetsKeys ? undefined : ownOf(state.answers, key);
    if (earlier)
      return earlier.hash === hash
        ? c.json(earlier.body)
        : refuse(c, 400, "this idempotency key was used with other parameters");
    const body = make(new URLSearchParams(text));
    if (body === undefined) return refuse(c, 400, "not possible");
    state.answers[key] = { hash, status: 200, body };
    state.save();
    return c.json(body as Record<string, unknown>);
  }

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port }, () => {
      resolve(started);
    });
  });
  const address = server.address();
  const actualPort = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${actualPort}`,
    state,
    mischief,
    requests,
    pay,
    endPayment,
    endRefund,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

const metadataOf = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([key, value]) => (key.startsWith("metadata[") ? [[key.slice(9, -1), value]] : [])),
  );

const wireEvent = (event: {
  id: string;
  type: string;
  account: string;
  created: number;
  object: unknown;
}) => ({
  id: event.id,
  object: "event",
  api_version: "2026-10-28.endive",
  type: event.type,
  account: event.account,
  created: event.created,
  livemode: false,
  data: { object: event.object },
});
