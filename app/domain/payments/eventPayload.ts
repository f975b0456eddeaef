import { z } from "zod";
import type { VerifiedPaymentEvent } from "~/domain/kernel/ports";

const Stored = z.object({
  id: z.string(),
  type: z.string(),
  account: z.string().nullable(),
  livemode: z.boolean(),
  createdAt: z.coerce.date(),
  objectId: z.string(),
  session: z
    .object({
      id: z.string(),
      url: z.string().nullable(),
      status: z.enum(["open", "complete", "expired"]),
      paymentStatus: z.enum(["paid", "unpaid", "no_payment_required"]),
      paymentFailed: z.boolean(),
      paymentIntentId: z.string().nullable(),
      amountFen: z.coerce.bigint(),
      currency: z.string(),
      metadata: z.record(z.string(), z.string()),
    })
    .nullable(),
  refund: z
    .object({
      id: z.string(),
      status: z.enum(["succeeded", "pending", "failed"]),
      paymentIntentId: z.string().nullable(),
      refundId: z.string().nullable(),
      amountFen: z.coerce.bigint(),
    })
    .nullable(),
});

/** An event as the inbox keeps it until what it tells of is known; amounts travel as digits. */
export const packEvent = (event: VerifiedPaymentEvent): string =>
  JSON.stringify(event, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

/** @throws when the row was not written by `packEvent` */
export const unpackEvent = (payload: string): VerifiedPaymentEvent => Stored.parse(JSON.parse(payload));
