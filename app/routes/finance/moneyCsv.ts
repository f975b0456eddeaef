import { wholeMoneyBook } from "~/domain/books/queries.server";
import { yuanText } from "~/domain/kernel/money";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";

/** The money book for the accountant: every entry, stable columns, its sums equal to the page's. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const rows = await wholeMoneyBook(ctx);
    return csvResponse(
      "money-book.csv",
      ["accounting_date", "entry_id", "kind", "from_account", "to_account", "amount_cny", "gift", "need", "source_type", "source_id", "occurred_at", "recorded_at"],
      rows.map(({ entry, ...row }) => [
        entry.accountingDate,
        entry.id,
        entry.kind,
        row.from,
        row.to,
        yuanText(row.amountFen),
        row.giftCode ?? "",
        row.needCode ?? "",
        entry.sourceType,
        entry.sourceId,
        entry.occurredAt.toISOString(),
        entry.recordedAt.toISOString(),
      ]),
    );
  });
