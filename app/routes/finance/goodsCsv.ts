import { wholeGoodsBook } from "~/domain/books/goodsQueries.server";
import { yuanText } from "~/domain/kernel/money";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { readingReplica } from "~/http/fromReplica.server";
import { goodsFilterOf } from "~/http/moneyFilter.server";
import { unreadableFilter } from "~/http/query.server";
import { isoMoment } from "~/i18n/format";

const COLUMNS = [
  "accounting_date",
  "move_id",
  "label",
  "object_kind",
  "from",
  "from_place",
  "to",
  "to_place",
  "quantity",
  "unit_value_cny",
  "value_cny",
  "value_basis",
  "reason",
  "gift",
  "need",
  "source_type",
  "source_id",
  "occurred_at",
  "recorded_at",
];

/**
 * The goods book of these days for the accountant: every move, stable columns, its sums equal to the page's.
 */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = goodsFilterOf(args);
    if (reply) return unreadableFilter(ctx.locale, reply);
    const yuan = (fen: bigint | null) => (fen === null ? "" : yuanText(fen));
    return csvStream(ctx, {
      fileName: "goods-book.csv",
      header: COLUMNS,
      batches: wholeGoodsBook(await readingReplica(args, ctx), filter),
      cellsOf: ({ move, origin, ...row }) => [
        move.accountingDate,
        move.id,
        row.label,
        row.objectKind,
        move.fromKind,
        row.fromName ?? "",
        move.toKind,
        row.toName ?? "",
        String(move.quantity),
        yuan(row.unitValueFen),
        yuan(row.unitValueFen === null ? null : row.unitValueFen * move.quantity),
        row.valueBasis,
        move.reason ?? "",
        row.giftCode ?? "",
        row.needCode ?? "",
        origin.sourceType,
        origin.sourceId,
        isoMoment(move.occurredAt),
        isoMoment(origin.recordedAt),
      ],
    });
  });
