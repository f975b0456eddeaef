import { inArray, type SQL, sql } from "drizzle-orm";
import { lots } from "~db/schema/books";
import { gifts, pledges } from "~db/schema/giving";
import { offers } from "~db/schema/matching";
import { needLines, needs } from "~db/schema/needs";

/** Whether a code names a wish: what the desk shows then is what could serve it. */
export const isOfWish = (code: string): boolean => code.startsWith("W");

/** The kinds of things that a wish asks for. */
const kindsOf = (code: string): SQL => sql`(
  select l.object_kind from ${needs} n join ${needLines} l on l.need_id = n.id where n.code = ${code})`;

/** The lots that a code names: by their own label, or all of an offer or a gift. */
const lotsCalled = (code: string): SQL => sql`(
  select id from ${lots} where label = ${code} union all
  select l.id from ${offers} o join ${lots} l on l.offer_id = o.id where o.code = ${code} union all
  select l.id from ${gifts} g join ${offers} o on o.gift_id = g.id join ${lots} l on l.offer_id = o.id where g.code = ${code} union all
  select l.id from ${gifts} g join ${pledges} p on p.gift_id = g.id join ${lots} l on l.pledge_id = p.id where g.code = ${code})`;

/** Lots that a code names, or that are of a kind which the wish of that code asks for. */
export const soughtLots = (code: string): SQL =>
  isOfWish(code) ? inArray(lots.objectKind, kindsOf(code)) : inArray(lots.id, lotsCalled(code));

/** Offers by their own code or their gift's, or of a kind which the wish of that code asks for. */
export const soughtOffers = (code: string): SQL =>
  isOfWish(code)
    ? inArray(offers.objectKind, kindsOf(code))
    : inArray(
        offers.id,
        sql`(
  select id from ${offers} where code = ${code} union all
  select o.id from ${gifts} g join ${offers} o on o.gift_id = g.id where g.code = ${code})`,
      );

/** Proposals of the lots that a code names; those for a wish are asked for with whoever waits. */
export const soughtProposals = (code: string): SQL | undefined =>
  isOfWish(code) ? undefined : inArray(lots.id, lotsCalled(code));
