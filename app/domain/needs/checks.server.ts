import { sql } from "drizzle-orm";
import { type Check, journalSince, ofLately } from "~/domain/kernel/checks";

/** All lines in one pass over the journal: asked line by line, millions of rows take an hour. */
const bucketReplay = (bucket: "held" | "pledged" | "in_hub" | "delivered" | "waived"): Check => ({
  name: `needs.units.${bucket}`,
  guarantees: `the units ${bucket} of every line are those that the journal moved there (R-006, R-010)`,
  ...ofLately(
    ({ lines, moves }) => ({
      examined: sql`select count(*) as examined from ${lines} l`,
      violations: sql`
    select l.id::text || ' has ' || l.${sql.identifier(bucket)} || ', journal says ' || moved.units as what
    from ${lines} l
    left join (
      select line_id, sum(case when bucket_to = ${bucket} then quantity else -quantity end) as units
      from ${moves} moves where line_id is not null and (bucket_to = ${bucket} or bucket_from = ${bucket}) group by line_id
    ) journalled on journalled.line_id = l.id
    cross join lateral (select coalesce(journalled.units, 0) as units) moved
    where moved.units <> l.${sql.identifier(bucket)}`,
    }),
    { lines: sql`need_line`, moves: sql`journal` },
    (from) => {
      const touched = sql`(select distinct line_id from ${journalSince(from)} told where line_id is not null)`;
      return {
        lines: sql`(select * from need_line where id in ${touched})`,
        // Line by line, over the index of its moves: joined at once, the whole journal would be read to find
        // them.
        moves: sql`(select move.* from ${touched} touched cross join lateral (select * from journal j where j.line_id = touched.line_id offset 0) move)`,
      };
    },
  ),
});

export const NEEDS_CHECKS: readonly Check[] = [
  bucketReplay("held"),
  bucketReplay("pledged"),
  bucketReplay("in_hub"),
  bucketReplay("delivered"),
  bucketReplay("waived"),
  {
    name: "needs.eyes",
    guarantees:
      "nobody verified or published what they filed or wrote on, and nobody published what they verified (R-024)",
    examined: sql`select count(*) as examined from need`,
    violations: sql`
      select code as what from need where verified_by = filed_by or published_by = filed_by or published_by = verified_by
      union all
      select n.code || ' was decided by one who wrote on it' from need n
      where exists (
        select 1 from journal j where j.entity = 'need' and j.entity_id = n.id and j.event in ('need.draft', 'need.edit', 'need.submit')
          and j.actor_id in (n.verified_by, n.published_by, n.over_cap_approved_by))`,
  },
  {
    name: "needs.review_clock",
    guarantees:
      "whatever waits for a word has its day, and what was a day past it when the clock last ran was brought before everybody who may give it (R-036)",
    examined: sql`select count(*) as examined from need where state in ('submitted', 'verified', 'suspended')`,
    violations: sql`
      select code as what from need
      where state in ('submitted', 'verified', 'suspended')
        and (review_due_at is null or escalated_at is null and review_due_at < (select last_ran_at from clock_lease where name = 'escalateReviews') - interval '1 day')`,
  },
  {
    name: "needs.public",
    guarantees:
      "a need is on the public pages when, and only when, it is published, suspended, or closed and not taken down since (R-028)",
    examined: sql`select count(*) as examined from need`,
    violations: sql`
      select n.code as what from need n left join public_need p on p.need_id = n.id
      where (n.state in ('published', 'suspended', 'closed')
             and not exists (select 1 from journal j where j.entity = 'need' and j.entity_id = n.id and j.event = 'need.take_down'))
            <> (p.need_id is not null)`,
  },
  {
    name: "needs.consent",
    guarantees: "every published wish stands on a live consent to publish (R-030)",
    examined: sql`select count(*) as examined from public_need`,
    violations: sql`
      select n.code as what from public_need p join need n on n.id = p.need_id
      where n.household_id is not null
        and not exists (select 1 from consent c where c.household_id = n.household_id and c.scope = 'publish' and c.withdrawn_at is null)`,
  },
  {
    name: "needs.whole",
    guarantees:
      "from submitted on everything is there: words (until they are erased with their household), a day of filing, at least one line, and entitlements checked",
    examined: sql`select count(*) as examined from need where state not in ('draft', 'withdrawn')`,
    violations: sql`
      select n.code as what from need n left join household h on h.id = n.household_id
      where n.state not in ('draft', 'withdrawn')
        and (n.filed_at is null or (n.words_sealed is null and h.erased_at is null)
             or not exists (select 1 from need_line l where l.need_id = n.id)
             or (n.kind = 'wish' and n.entitlements_checked_by is null))`,
  },
  {
    name: "needs.unfinished",
    guarantees:
      "what is not whole yet belongs to a draft that nobody submitted, and does not outlive its days",
    examined: sql`select count(*) as examined from need_draft`,
    violations: sql`
      select d.code as what from need_draft d left join need n on n.id = d.id
      where (n.id is not null and n.state not in ('draft', 'returned'))
         or d.changed_at < now() - make_interval(days => 1 + (
           select value::int from setting where key = 'unfinishedDraftDays' and valid_from <= now() order by valid_from desc limit 1))
         or exists (select 1 from household h where h.id = coalesce(d.household_id, n.household_id) and h.erased_at is not null)`,
  },
  {
    name: "needs.accepts",
    guarantees:
      "only lines of published needs take pledges, and what lists say of a need (open, and its gap) is true",
    examined: sql`select count(*) as examined from need_line`,
    violations: sql`
      select n.code as what from need n join need_line l on l.need_id = n.id where l.accepts and n.state <> 'published'
      union
      select p.code from public_need p
      left join lateral (
        select coalesce(bool_or(l.accepts and l.open > 0), false) as is_open, coalesce(sum(l.open) filter (where l.kind <> 'money'), 0) as units
        from need_line l where l.need_id = p.need_id
      ) stands on true
      where p.is_open <> stands.is_open
         or p.gap <> case when stands.units >= 10 then 'many' when stands.units >= 2 then 'few' when stands.units = 1 then 'one' else 'none' end`,
  },
  {
    name: "needs.searched",
    guarantees:
      "what the public list is searched and filtered by is what is public, word for word, and nothing else",
    examined: sql`select count(*) as examined from need_search`,
    violations: sql`
      select coalesce(p.code, s.need_id::text) as what from public_need p full join need_search s on s.need_id = p.need_id
      where p.need_id is null or s.need_id is null
         or (p.waiting_since, p.published_at, p.is_open, p.town_code, p.line_kind, p.public_group, p.object_kind)
            is distinct from (s.waiting_since, s.published_at, s.is_open, s.town_code, s.line_kind, s.public_group, s.object_kind)
         or s.words <> need_words(p.search_text, p.search_keys, p.town_code, p.line_kind, p.public_group, p.object_kind, p.gap)`,
  },
];
