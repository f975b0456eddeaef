import type { MoneyFilter } from "~/domain/books/moneyFilter.server";
import { MONEY_KINDS } from "~/domain/books/vocabulary";
import { aCode, aDay, anId, type AskedFilter, oneWordOf, readQuery } from "./query.server";

const FIELDS = { programmeId: anId, kind: oneWordOf(MONEY_KINDS), from: aDay, to: aDay, gift: aCode };

/**
 * The filter of the money book as its page and its file both read it from the URL: the same address, the same
 * entries.
 */
export const moneyFilterOf = ({ request }: { request: Request }): AskedFilter<MoneyFilter> =>
  readQuery(request, FIELDS);

/** The same for the goods book, which asks for days only. */
export const goodsFilterOf = ({ request }: { request: Request }) =>
  readQuery(request, { from: aDay, to: aDay });
