import { type SQL, sql } from "drizzle-orm";
import { type CheckQuestions, stepsOf, touchedSince } from "./kernel/checks";

type Narrowed = Readonly<Record<string, SQL>>;

/**
 * Which rows of some tables each check goes through that is asked of lately: those of what the journal, or
 * the book of goods, tells of from an id on. What a check adds up must be whole for each of these rows, so
 * what it adds up stays whole as well, or is narrowed by the same thing.
 */
const narrowedFrom = (from: string): Readonly<Record<string, Narrowed>> => {
  const entities = (entity: string) =>
    sql`(select entity_id from journal where id >= ${from} and entity = ${entity})`;
  const needs = sql`(select need_id from journal where id >= ${from} and need_id is not null)`;
  const lines = sql`(select id from need_line where need_id in ${needs})`;
  const moved = sql`(select lot_id from goods_move where id >= ${from})`;
  const reserved = sql`(select lot_id from allocation where id in ${entities("allocation")})`;
  const ofFacts = sql`(select entity_id from journal where id >= ${from} and entity in ('household', 'household_facts'))`;
  const referred = sql`(select household_id from referral where id in ${entities("referral")})`;
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
    "referral.consent": {
      referral,
      journal: steps(
        sql`(
          select 'referral' as entity, id as entity_id from referral
          union all select 'consent', id from consent where household_id in ${referred})`,
      ),
    },
    "facts.size": { household_facts: sql`household_id in ${ofFacts}` },
    "push.consent": { push: sql`id in ${entities("push")}` },
    "push.rarely": {
      push: sql`household_id in (select household_id from push where id in ${entities("push")})`,
    },
    "audit.trail": { record_opening: sql`id in ${entities("record_opening")}` },
  };
};

/** The checks that are asked so of what was told lately, beside those that narrow themselves. */
export const ASKED_LATELY: readonly string[] = Object.keys(narrowedFrom(""));

/**
 * The same questions, of what the journal tells of from this id on; whole where a check goes through little.
 * In all that is asked a narrowed table's name stands for those of its rows, which are found first.
 */
export function askedLately(name: string, whole: CheckQuestions, from: string): CheckQuestions {
  const narrowed = Object.entries(narrowedFrom(from)[name] ?? {});
  if (narrowed.length === 0) return whole;
  const tables = narrowed.map(([table, rows]) => {
    const named = sql.identifier(table);
    return sql`${named} as materialized (select * from ${named} where ${rows})`;
  });
  const of = (question: SQL) => sql`with ${sql.join(tables, sql`, `)} select * from (${question}) asked`;
  return { examined: of(whole.examined), violations: of(whole.violations) };
}
