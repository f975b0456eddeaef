import { machine } from "~/domain/kernel/transition.server";
import { checkouts, financeTasks, givingIntents, purchases, refunds } from "~db/schema/payments";
import { spendings } from "~db/schema/spendings";

/**
 * One asking for money. A payment that comes after its time still counts: nothing that was paid is dropped.
 */
export const CHECKOUT = machine({
  entity: "checkout",
  table: checkouts,
  transitions: {
    open: { process: "processing", pay: "paid", expire: "expired", fail: "failed" },
    processing: { pay: "paid", fail: "failed" },
    expired: { pay: "paid" },
    failed: { pay: "paid" },
    /** What was paid for is not bought on its day: its donor is told. */
    paid: { buy_late: "paid" },
  },
});

/** Money on its way back. `made` may still fail: banks return what they cannot credit. */
export const REFUND = machine({
  entity: "refund",
  table: refunds,
  transitions: {
    proposed: { approve: "asked", reject: "rejected" },
    asked: { make: "made", fail: "failed" },
    made: { fail: "failed" },
    failed: {},
    rejected: {},
  },
});

export const PURCHASE = machine({
  entity: "purchase",
  table: purchases,
  transitions: { proposed: { approve: "approved", reject: "rejected" }, approved: {}, rejected: {} },
});

export const SPENDING = machine({
  entity: "spending",
  table: spendings,
  transitions: { proposed: { approve: "approved", reject: "rejected" }, approved: {}, rejected: {} },
});

export const FINANCE_TASK = machine({
  entity: "finance_task",
  table: financeTasks,
  transitions: { open: { settle: "done" }, done: {} },
});

export const GIVING_INTENT = machine({
  entity: "giving_intent",
  table: givingIntents,
  transitions: { waiting: { tell: "told", withdraw: "withdrawn" }, told: {}, withdrawn: {} },
});
