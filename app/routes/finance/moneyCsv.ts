import { wholeMoneyBook } from "~/domain/books/moneyQueries.server";
import { yuanText } from "~/domain/kernel/money";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { readingReplica } from "~/http/fromReplica.server";
import { moneyFilterOf } from "~/http/moneyFilter.server";
import { unreadableFilter } from "~/http/query.server";
import { isoMoment } from "~/i18n/format";

const COLUMNS = [
  "charity_credit_code",
  "fund_filing_number",
  "number",
  "accounting_date",
  "kind",
  "purpose_from",
  "purpose_to",
  "place_from",
  "place_to",
  "amount_cny",
  "cash_after_cny",
  "available_after_cny",
  "committed_after_cny",
  "gift",
  "need",
  "reverses_entry_id",
  "entry_id",
  "source_type",
  "source_id",
  "recorded_by",
  "approved_by",
  "occurred_at",
  "recorded_at",
];

/**
 * The money book of a filter for the accountant: every entry of it, stable columns, its sums equal to the
 * page's.
 */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values: filter, reply } = moneyFilterOf(args);
    if (reply) return unreadableFilter(ctx.locale, reply);
    return csvStream(ctx, {
      fileName: "money-book.csv",
      header: COLUMNS,
      batches: wholeMoneyBook(await readingReplica(args, ctx), filter),
      cellsOf: ({ entry, origin, after, ...row }) => [
        row.creditCode,
        row.programme.filingNumber,
        String(entry.number),
        entry.accountingDate,
        entry.kind,
        row.from,
        row.to,
        row.placeFrom ?? "",
        row.placeTo ?? "",
        yuanText(row.amountFen),
        yuanText(after.cash),
        yuanText(after.available),
        yuanText(after.committed),
        row.giftCode ?? "",
        row.needCode ?? "",
        origin.reversesId ?? "",
        entry.id,
        origin.sourceType,
        origin.sourceId,
        origin.actorId ?? "",
        origin.approverId ?? "",
        isoMoment(origin.occurredAt),
        isoMoment(origin.recordedAt),
      ],
    });
  });
