import { type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "~db/client";
import { type CheckQuestions, journalSince, stepsOf, touchedSince } from "./kernel/checks";

type Narrowed = Readonly<Record<string, SQL>>;

/** What the journal tells of from an id on, as lists of ids that a statement asks among. */
export type Told = Readonly<{ from: string; needs: SQL; entities: (entity: string) => SQL }>;

/** Ids as the database writes them: it knows how many they are, and finds few of them by their keys. */
const among = (ids: string) => sql`(select unnest(${ids}::uuid[]))`;

/** Reads what the journal tells of from this id on: once for all checks. */
export async function readTold(db: Database | Transaction, from: string): Promise<Told> {
  const things = await db.execute<{ entity: string; ids: string }>(
    sql`select entity, array_agg(distinct entity_id)::text as ids from ${journalSince(from)} told group by entity`,
  );
  const [needs] = await db.execute<{ ids: string | null }>(
    sql`select array_agg(distinct need_id)::text as ids from ${journalSince(from)} told where need_id is not null`,
  );
  const ids = new Map(things.map((thing) => [thing.entity, thing.ids]));
  return {
    from,
    needs: among(needs?.ids ?? "{}"),
    entities: (entity) => among(ids.get(entity) ?? "{}"),
  };
}

const TOLD_NOTHING: Told = { from: "", needs: among("{}"), entities: () => among("{}") };

/**
 * Which rows of some tables each check goes through that is asked of lately: those of what the journal, or
 * the book of goods, tells of from an id on. What a check adds up must be whole for each of these rows, so
 * what it adds up stays whole as well, or is narrowed by the same thing.
 */
const narrowedTo = ({ from, needs, entities }: Told): Readonly<Record<string, Narrowed>> => {
  const lines = sql`(select id from need_line where need_id in ${needs})`;
  const moved = sql`(select lot_id from goods_move where id >= ${from})`;
  const movedDays = sql`(select accounting_date from goods_move where id >= ${from})`;
  const reserved = sql`(select lot_id from allocation where id in ${entities("allocation")})`;
  const ofFacts = sql`(${entities("household")} union ${entities("household_facts")})`;
  const touchedIds = sql`(select entity_id from ${touchedSince(from)} touched)`;
  const steps = (those: SQL) => sql`id in (select id from ${stepsOf(those)} steps)`;

  const ofNeeds = sql`need_id in ${needs}`;
  const need = sql`id in ${needs}`;
  const parcel = sql`id in ${entities("parcel")}`;
  const inspection = sql`parcel_id in ${entities("parcel")}`;
  const delivery = sql`delivery_id in (select id from delivery where need_id in ${needs})`;
  const referral = sql`id in ${entities("referral")}`;
  const lot = sql`id in ${moved}`;
  const ofMoved = sql`lot_id in ${moved}`;
  const own = sql`id in ${touchedIds}`;

  return {
    "needs.searched": { public_need: ofNeeds, need_search: ofNeeds },
    "needs.accepts": { need, public_need: ofNeeds },
    "needs.eyes": { need },
    "needs.public": { need },
    "needs.whole": { need },
    "giving.pledged": { need_line: ofNeeds },
    "giving.held": { need_line: ofNeeds },
    "goods.stock": { goods_move: ofMoved, lot_stock: ofMoved },
    "goods.points": { goods_move: sql`id >= ${from}` },
    "books.tally.goods": {
      goods_move: sql`accounting_date in ${movedDays}`,
      tally: sql`day in ${movedDays}`,
      tally_change: sql`day in ${movedDays}`,
    },
    "goods.whole": { lot },
    "goods.origin": { lot },
    "goods.frozen": { lot },
    "goods.accepted": { inspection },
    "matching.reserved": { lot_stock: sql`(lot_id in ${moved} or lot_id in ${reserved})` },
    "delivery.in_hub": { need_line: ofNeeds },
    "delivery.delivered": { lot: sql`line_id in ${lines}`, need_line: ofNeeds },
    "delivery.in_date": { delivery_item: delivery },
    "delivery.carried": { delivery_item: delivery },
    "delivery.own_need": { delivery_item: delivery },
    "delivery.counted": { delivery_item: delivery },
    "delivery.proof": { delivery: ofNeeds },
    "delivery.rest": { delivery: ofNeeds },
    "delivery.eyes": { inspection, delivery: ofNeeds },
    "delivery.settled": { pledge: ofNeeds },
    "delivery.corrected": { parcel },
    "delivery.inspected_once": {
      pledge: ofNeeds,
      parcel: sql`(${parcel} or pledge_id in (select id from pledge))`,
    },
    "delivery.moments": {
      parcel,
      delivery: ofNeeds,
      service_visit: sql`id in ${entities("service_visit")}`,
      feedback: ofNeeds,
    },
    "delivery.moments_replayed": {
      parcel: own,
      inspection: sql`parcel_id in ${touchedIds}`,
      delivery: own,
      handover: sql`delivery_id in ${touchedIds}`,
      service_visit: own,
      feedback: own,
      purchase: own,
      spending: own,
    },
    "referral.escalated": {
      referral,
      journal: steps(sql`(select 'referral' as entity, id as entity_id from referral)`),
    },
    "referral.consent": { referral },
    "facts.size": { household_facts: sql`household_id in ${ofFacts}` },
    "push.consent": { push: sql`id in ${entities("push")}` },
    "push.rarely": {
      push: sql`household_id in (select household_id from push where id in ${entities("push")})`,
    },
    "audit.trail": { record_opening: sql`id in ${entities("record_opening")}` },
  };
};

/** The checks that are asked so of what was told lately, beside those that narrow themselves. */
export const ASKED_LATELY: readonly string[] = Object.keys(narrowedTo(TOLD_NOTHING));

/**
 * The same questions, of what the journal tells of from this id on; whole where a check goes through little.
 * In all that is asked a narrowed table's name stands for those of its rows, which are found first.
 */
export function askedLately(name: string, whole: CheckQuestions, told: Told): CheckQuestions {
  const narrowed = Object.entries(narrowedTo(told)[name] ?? {});
  if (narrowed.length === 0) return whole;
  const tables = narrowed.map(([table, rows]) => {
    const named = sql.identifier(table);
    return sql`${named} as materialized (select * from ${named} where ${rows})`;
  });
  const of = (question: SQL) => sql`with ${sql.join(tables, sql`, `)} select * from (${question}) asked`;
  return { examined: of(whole.examined), violations: of(whole.violations) };
}
