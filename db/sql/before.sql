-- The words of a text as the search index keeps them: two-character grams of every Chinese run (its last
-- character alone as well, so that a one-character query finds it as a prefix), whole words of Latin and digits.
-- Expects text folded by the app (NFKC, lower case, simplified).
create or replace function search_grams(folded text) returns tsvector
language sql immutable strict parallel safe as $$
  select coalesce(array_to_tsvector(array_agg(distinct gram)), ''::tsvector)
  from (
    select substr(run.found[1], position, 2) as gram
    from regexp_matches(folded, '[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+', 'g') as run (found),
         generate_series(1, length(run.found[1])) as position
    union all
    select word.found[1] from regexp_matches(folded, '[a-z0-9]+', 'g') as word (found)
  ) grams
$$;
--> statement-breakpoint
-- The open (or done) public needs that a question of many ways finds, always by the index and no more than so many: the planner guesses
-- that so many ways must find much, and reads the whole table. A function of its own, so that its setting is only its own; what is open
-- is asked outside, lest it walk the index of those instead.
create or replace function needs_found(asked tsquery, opened boolean, most integer) returns setof uuid
language plpgsql stable rows 20 set enable_seqscan = off as $$
begin
  return query
    select found.need_id from (select need_id, is_open from public_need where search_grams @@ asked offset 0) found
    where found.is_open = opened limit most;
end $$;
--> statement-breakpoint
-- Evidence is never edited: a mistake is put right by a new row that reverses it.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
-- Sums of the goods book, of the money book and of all lines are kept where these change, in the same transaction, whoever changes them:
-- each statement adds what it changed to tally_change, and a clock folds that into tally. Nobody waits for a sum that somebody else writes.
create or replace function tally_goods() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, day, part, entries, units, fen)
  select 'goods', m.accounting_date, m.from_kind || ' ' || m.to_kind, count(*), sum(m.quantity), coalesce(sum(m.quantity * l.unit_value_fen), 0)
  from added m join lot l on l.id = m.lot_id
  group by m.accounting_date, m.from_kind, m.to_kind;
  return null;
end $$;
--> statement-breakpoint
create or replace function tally_money() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, day, part, entries, fen)
  select 'money', e.accounting_date, e.programme_id || ' ' || e.kind, count(*), sum(t.amount_fen)
  from added t join money_entry e on e.id = t.entry_id
  where t.half = 'what_for'
  group by e.accounting_date, e.programme_id, e.kind;
  insert into tally_change (name, day, part, fen)
  select 'standing', e.accounting_date, e.programme_id || ' ' || side.account, sum(side.fen)
  from added t join money_entry e on e.id = t.entry_id
  cross join lateral (values (t.to_account, t.amount_fen), (t.from_account, -t.amount_fen)) moved (code, fen)
  cross join lateral (select case when t.half = 'what_for' then split_part(moved.code, ':', 3) else 'cash' end as account, moved.fen) side
  where t.half = 'what_for' or moved.code like 'cash:%'
  group by e.accounting_date, e.programme_id, side.account;
  return null;
end $$;
--> statement-breakpoint
-- What lines of things and services count in the three numbers of the front page.
create or replace function tally_lines() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, part, units)
  select 'lines', each_of.part, sum(l.sign * each_of.units)
  from (select 1 as sign, * from after_it union all select -1, * from before_it) l
  cross join lateral (values ('open', case when l.accepts then l.open else 0 end), ('claimed', l.pledged + l.in_hub + l.delivered), ('delivered', l.delivered)) each_of (part, units)
  where l.kind <> 'money'
  group by each_of.part having sum(l.sign * each_of.units) <> 0;
  return null;
end $$;
