import { useOfDay } from "~/domain/audit/trail.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { csvStream } from "~/http/csv.server";
import { readingReplica } from "~/http/fromReplica.server";
import { aDay, readQuery, unreadableFilter } from "~/http/query.server";
import { isoMoment } from "~/i18n/format";

const COLUMNS = ["at", "kind", "account_id", "name", "what", "record", "address", "times"];

/**
 * The trail of use of one day, today's where none is named; taking it along is a line of the trail itself.
 */
export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { values, reply } = readQuery(args.request, { day: aDay });
    if (reply) return unreadableFilter(ctx.locale, reply);
    const day = values.day ?? shanghaiDay(ctx.now());
    return csvStream(ctx, {
      fileName: `use-${day}.csv`,
      header: COLUMNS,
      batches: useOfDay(await readingReplica(args, ctx), day),
      cellsOf: (row) => [
        isoMoment(row.at),
        row.kind,
        row.accountId ?? "",
        row.who ?? "",
        row.what,
        row.householdCode ?? "",
        row.from ?? "",
        String(row.times),
      ],
    });
  });
