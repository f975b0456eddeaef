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
-- What a need is searched by: the words of its text, the keys of its sounds (separated by blanks), and a word for each choice by which
-- lists are filtered, which begins with a sign that no search asks for.
create or replace function need_words(folded text, keys text, town text, kind text, people text, item text, gap text) returns tsvector
language sql immutable parallel safe as $$
  select search_grams(folded) || array_to_tsvector(array_remove(array_remove(
    string_to_array(keys, ' ') || array['=town:' || town, '=kind:' || kind, '=group:' || people, '=item:' || item, '=gap:' || gap], null), ''))
$$;
--> statement-breakpoint
-- The open (or done) needs that a question finds, no more than so many: part by part of the narrow table, always by its index of words.
-- The planner guesses that a question of many ways must find much, and would read whole parts, or walk them in order; and sixteen parts
-- take longer to plan than to look into for something rare. A function of its own, so that its settings are only its own.
create or replace function needs_found(asked tsquery, opened boolean, waiting_before timestamptz, most integer)
returns table (need_id uuid, waiting_since timestamptz, published_at timestamptz, town_code text, line_kind text, public_group text, object_kind text)
language plpgsql stable rows 1000 set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
    (select s.need_id, s.waiting_since, s.published_at, s.town_code, s.line_kind, s.public_group, s.object_kind
    from need_search s where opened and s.is_open and s.words @@ asked and s.waiting_since <= waiting_before limit most)
    union all
    (select s.need_id, s.waiting_since, s.published_at, s.town_code, s.line_kind, s.public_group, s.object_kind
    from need_search s where not opened and not s.is_open and s.words @@ asked and s.waiting_since <= waiting_before limit most);
end $$;
--> statement-breakpoint
-- So many in the first of the sixteen parts show that there are more than a number in all: of that number itself, spread by chance, the
-- part holds a sixteenth, and eight standard deviations more less than once in a million million questions.
create or replace function sure_in_first_part(more_than integer) returns integer language sql immutable parallel safe as $$
  select ceil(more_than / 16.0 + 8 * sqrt(more_than / 16.0))::integer
$$;
--> statement-breakpoint
-- Whether a question finds more than a number of needs, as the first part tells by itself. False: they have to be counted.
create or replace function needs_are_many(asked tsquery, opened boolean, waiting_before timestamptz, more_than integer) returns boolean
language plpgsql stable set enable_seqscan = off set enable_indexscan = off set plan_cache_mode = force_generic_plan as $$
declare sure integer := sure_in_first_part(more_than);
begin
  return sure = (
    select count(*) from (
      (select from need_search_0 s where opened and s.is_open and s.words @@ asked and s.waiting_since <= waiting_before limit sure)
      union all
      (select from need_search_0 s where not opened and not s.is_open and s.words @@ asked and s.waiting_since <= waiting_before limit sure)
    ) found);
end $$;
--> statement-breakpoint
create or replace function keep_need_search() returns trigger language plpgsql as $$
begin
  insert into need_search (need_id, waiting_since, published_at, is_open, town_code, line_kind, public_group, object_kind, words)
  values (new.need_id, new.waiting_since, new.published_at, new.is_open, new.town_code, new.line_kind, new.public_group, new.object_kind,
    need_words(new.search_text, new.search_keys, new.town_code, new.line_kind, new.public_group, new.object_kind, new.gap))
  on conflict (need_id) do update set waiting_since = excluded.waiting_since, published_at = excluded.published_at, is_open = excluded.is_open,
    town_code = excluded.town_code, line_kind = excluded.line_kind, public_group = excluded.public_group, object_kind = excluded.object_kind,
    words = excluded.words;
  return null;
end $$;
--> statement-breakpoint
-- How many units of things and services a need still lacks, in the bands by which lists are filtered.
create or replace function gap_of(need uuid) returns text language plpgsql stable as $$
declare units numeric;
begin
  select coalesce(sum(l.open), 0) into units from need_line l where l.need_id = need and l.kind <> 'money' and l.open > 0;
  return case when units >= 10 then 'many' when units >= 2 then 'few' when units = 1 then 'one' else 'none' end;
end $$;
--> statement-breakpoint
-- Brings what the public list says of a need (whether it is open, and its gap) in line with its lines.
create or replace function keep_openness(need uuid) returns void language plpgsql as $$
begin
  -- Waits for whoever moves units of another line at the same moment; only the next statement reads the lines, as they stand by then.
  perform 1 from public_need p where p.need_id = need for no key update;
  update public_need p set is_open = stands.is_open, gap = stands.gap
  from (select exists (select 1 from need_line l where l.need_id = need and l.accepts and l.open > 0) as is_open, gap_of(need) as gap) stands
  where p.need_id = need and (p.is_open, p.gap) is distinct from (stands.is_open, stands.gap);
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
--> statement-breakpoint
-- The same three numbers town by town: a line's town is its need's, which is settled before any unit of it counts.
create or replace function tally_towns() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, part, units)
  select 'towns', n.town_code || ' ' || each_of.part, sum(line.sign * each_of.units)
  from (select 1 as sign, * from after_it union all select -1, * from before_it) line
  join need n on n.id = line.need_id
  cross join lateral (values ('open', case when line.accepts then line.open else 0 end), ('claimed', line.pledged + line.in_hub + line.delivered), ('delivered', line.delivered)) each_of (part, units)
  where line.kind <> 'money'
  group by n.town_code, each_of.part having sum(line.sign * each_of.units) <> 0;
  return null;
end $$;
--> statement-breakpoint
-- How many whole days after the promise (its gift's confirmation) something was handed over; more than 99 count as 99.
create or replace function days_to_hand_over(promised timestamptz, handed_over timestamptz) returns integer language sql immutable as $$
  select least(99, greatest(0, floor(extract(epoch from handed_over - promised) / 86400)))::integer
$$;
--> statement-breakpoint
create or replace function tally_days() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, part, entries, units)
  select 'days', n.town_code || ' ' || days_to_hand_over(g.confirmed_at, new.occurred_at), 1, new.quantity
  from gift g join need_line l on l.id = new.line_id and l.kind <> 'money' join need n on n.id = l.need_id
  where g.id = new.gift_id and g.confirmed_at is not null;
  return null;
end $$;
--> statement-breakpoint
create or replace function tally_told() returns trigger language plpgsql as $$
begin
  insert into tally_change (name, day, part, entries)
  values ('told', (new.recorded_at at time zone 'Asia/Shanghai')::date, replace(new.event, '.', ' '), 1);
  return null;
end $$;
--> statement-breakpoint
-- Whether its deliverer still has something of a delivery that was handed over.
create or replace function delivery_has_rest(delivery uuid, state text) returns boolean language plpgsql stable as $$
begin
  return state in ('handed_over', 'confirmed') and exists (
    select from delivery_item i where i.delivery_id = delivery
      and i.quantity > i.delivered_quantity + i.returned_quantity + i.lost_quantity + i.disposed_quantity);
end $$;
--> statement-breakpoint
create or replace function say_delivery_rest() returns trigger language plpgsql as $$
begin
  new.has_rest := delivery_has_rest(new.id, new.state);
  return new;
end $$;
--> statement-breakpoint
create or replace function keep_delivery_rest() returns trigger language plpgsql as $$
begin
  update delivery d set has_rest = not d.has_rest where d.id = new.delivery_id and d.has_rest <> delivery_has_rest(d.id, d.state);
  return null;
end $$;
--> statement-breakpoint
-- Whether things that were paid for are still to be bought: fewer are written down as bought, approved or not yet, than were not given back.
create or replace function payment_to_buy(pledge uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from pledge p where p.id = pledge and p.state = 'paid' and p.quantity - p.given_back > (
      select coalesce(sum(b.quantity), 0) from purchase b where b.pledge_id = p.id and b.state in ('proposed', 'approved')));
end $$;
--> statement-breakpoint
create or replace function say_to_buy() returns trigger language plpgsql as $$
begin
  new.to_buy := new.buy_by is not null and payment_to_buy(new.pledge_id);
  return new;
end $$;
--> statement-breakpoint
create or replace function keep_to_buy(pledge uuid) returns void language plpgsql as $$
begin
  -- Waits for whoever buys or gives back of it at the same moment; only the next statement reads what they left.
  perform 1 from pledge p where p.id = pledge for no key update;
  update checkout c set to_buy = not c.to_buy where c.pledge_id = pledge and c.to_buy <> (c.buy_by is not null and payment_to_buy(pledge));
end $$;
--> statement-breakpoint
create or replace function keep_to_buy_of_pledge() returns trigger language plpgsql as $$
begin
  perform keep_to_buy(new.id);
  return null;
end $$;
--> statement-breakpoint
create or replace function keep_to_buy_of_purchase() returns trigger language plpgsql as $$
begin
  perform keep_to_buy(new.pledge_id);
  return null;
end $$;
