import { z } from "zod";
import { FINANCE_TASK_KINDS } from "~db/schema/payments";
import { TASK_RESOLUTIONS } from "~db/schema/paymentVocabulary";
import { CodeDatum, CountDatum, FenDatum } from "./atoms";

const Kind = z.enum(FINANCE_TASK_KINDS);
const Amount = z.strictObject({ amountFen: FenDatum });
const Decided = z.strictObject({ code: CodeDatum, differenceFen: FenDatum });
const Spent = z.strictObject({ code: CodeDatum, amountFen: FenDatum });

/** Money: what was paid, bought, spent and given back. */
export const OF_MONEY = {
  "checkout.pay": Amount,
  "finance_task.open": z.strictObject({ kind: Kind }),
  "finance_task.settle": z.strictObject({ kind: Kind, resolution: z.enum(TASK_RESOLUTIONS).nullable() }),
  "giving_intent.state": z.strictObject({ quantity: CountDatum }),
  "pledge.spend": Spent,
  "purchase.record": z.strictObject({ code: CodeDatum, amountFen: FenDatum, quantity: CountDatum }),
  "purchase.approve": Decided,
  "purchase.reject": Decided,
  "refund.ask": Amount,
  "refund.propose": Amount,
  "spending.record": Spent,
  "spending.approve": Spent,
  "spending.reject": Spent,
} as const;
