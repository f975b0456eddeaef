import { actingAs } from "~/domain/kernel/context.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { MOST_TYPED_BYTES, readText } from "~/http/body.server";
import { contextOf, type RouteArgs } from "~/http/context.server";

/**
 * Stripe's events: verified against the raw body, then acted on once. 400 for what Stripe did not sign;
 * Stripe sends again on anything but 200.
 */
export async function action(args: RouteArgs): Promise<Response> {
  const ctx = actingAs(await contextOf({ ...args, params: {} }), { kind: "system", name: "stripe" });
  const body = await readText(args.request, MOST_TYPED_BYTES);
  if (body === undefined) return new Response("too large", { status: 413 });
  let event;
  try {
    event = ctx.ports.payments.verifyEvent(body, args.request.headers.get("stripe-signature") ?? "");
  } catch {
    return new Response("not signed", { status: 400 });
  }

  return new Response(await handleStripeEvent(ctx, event));
}

export const loader = () => new Response(null, { status: 404 });
