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
