import { z } from "zod";
import { FINANCE_TASK_KINDS, TASK_RESOLUTIONS } from "~db/schema/payments";
import { Code, Count, Fen } from "./atoms";

const Kind = z.enum(FINANCE_TASK_KINDS);
const Amount = z.strictObject({ amountFen: Fen });
const Decided = z.strictObject({ code: Code, differenceFen: Fen });
const Spent = z.strictObject({ code: Code, amountFen: Fen });

/** Money: what was paid, bought, spent and given back. */
export const OF_MONEY = {
  "checkout.pay": Amount,
  "finance_task.open": z.strictObject({ kind: Kind }),
  "finance_task.settle": z.strictObject({ kind: Kind, resolution: z.enum(TASK_RESOLUTIONS).nullable() }),
  "giving_intent.state": z.strictObject({ quantity: Count }),
  "pledge.spend": Spent,
  "purchase.record": z.strictObject({ code: Code, amountFen: Fen, quantity: Count }),
  "purchase.approve": Decided,
  "purchase.reject": Decided,
  "refund.ask": Amount,
  "refund.propose": Amount,
  "spending.record": Spent,
  "spending.approve": Spent,
  "spending.reject": Spent,
} as const;
