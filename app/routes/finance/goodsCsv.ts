import { wholeGoodsBook } from "~/domain/books/queries.server";
import { yuanText } from "~/domain/kernel/money";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvResponse } from "~/http/csv.server";

/** The goods book for the accountant: every move, stable columns, its sums equal to the page's. */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const rows = await wholeGoodsBook(ctx);
    return csvResponse(
      "goods-book.csv",
      [
        "accounting_date",
        "move_id",
        "label",
        "object_kind",
        "from",
        "to",
        "quantity",
        "unit_value_cny",
        "value_basis",
        "reason",
        "source_type",
        "source_id",
        "occurred_at",
        "recorded_at",
      ],
      rows.map(({ move, ...row }) => [
        move.accountingDate,
        move.id,
        row.label,
        row.objectKind,
        move.fromKind,
        move.toKind,
        String(move.quantity),
        row.unitValueFen === null ? "" : yuanText(row.unitValueFen),
        row.valueBasis,
        move.reason ?? "",
        move.sourceType,
        move.sourceId,
        move.occurredAt.toISOString(),
        move.recordedAt.toISOString(),
      ]),
    );
  });
