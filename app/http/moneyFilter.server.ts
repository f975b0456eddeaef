import type { MoneyFilter } from "~/domain/books/moneyQueries.server";
import { MONEY_KINDS } from "~/domain/books/words";
import type { RouteArgs } from "./context.server";
import { idInQuery } from "./ids.server";
import { codeInQuery, dayInQuery, oneOfInQuery } from "./query.server";

/** The filter of the money book as its page and its file both read it from the URL: the same address, the same entries. */
export const moneyFilterOf = (args: RouteArgs): MoneyFilter => ({
  programmeId: idInQuery(args, "programmeId"),
  kind: oneOfInQuery(args.request, "kind", MONEY_KINDS),
  from: dayInQuery(args.request, "from"),
  to: dayInQuery(args.request, "to"),
  gift: codeInQuery(args.request, "gift"),
});
