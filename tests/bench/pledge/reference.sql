-- The frozen reference of `npm run bench -- pledge`: the least that a database has to do for a gift, as two functions that pgbench
-- calls. They write the rows of a gift with the same guarantees as the use cases (request key, limit of live holds, one conditional
-- UPDATE of the line, promise, journal, outbox, the public mark). They change with the tables and never with the use cases, so that a
-- ratio of one version can be laid beside that of another.
create function lab_hold(donor uuid, request text, typed text, new_gift uuid, new_code text, promise_ids uuid[], step_ids uuid[], lines uuid[], quantities bigint[], at timestamptz, until timestamptz, most bigint)
returns text language plpgsql as $$
#variable_conflict use_column
declare
  kept record; company timestamptz; live bigint; moved record; taken int := 0; answer text;
begin
  select k.command, k.input_hash, k.result_sealed into kept from request_key k where k.actor_id = donor and k.key = request;
  if found then
    if kept.command <> 'pledgeItems' or kept.input_hash <> typed then raise exception 'REQUEST_KEY_REUSED'; end if;
    return substr(kept.result_sealed, 4);
  end if;
  select d.company_verified_at into company from donor_profile d where d.user_id = donor for update;
  select coalesce(sum(p.quantity - p.given_back) filter (where l.kind <> 'money'), 0) into live
    from pledge p join need_line l on l.id = p.line_id where p.donor_id = donor and p.state in ('promised', 'paying');
  if company is null and live + (select sum(q) from unnest(quantities) q) > most then raise exception 'TOO_MANY_HOLDS'; end if;
  insert into gift (id, code, donor_id, kind, created_at) values (new_gift, new_code, donor, 'goods', at);
  for i in 1 .. array_length(lines, 1) loop
    update need_line l set held = l.held + quantities[i], version = l.version + 1
      where l.id = lines[i] and l.open >= quantities[i] and l.accepts
      returning l.need_id, l.kind, l.unit_price_fen, l.open into moved;
    continue when not found;
    taken := taken + 1;
    insert into pledge (id, gift_id, donor_id, need_id, line_id, kind, state, quantity, unit_price_fen, hold_until, created_at)
      values (promise_ids[i], new_gift, donor, moved.need_id, lines[i], moved.kind, 'promised', quantities[i], moved.unit_price_fen, until, at);
    insert into journal (id, entity, entity_id, entity_version, event, to_state, line_id, bucket_from, bucket_to, quantity, need_id, gift_id, data, actor_id, actor_role, occurred_at, recorded_at)
      values (step_ids[i], 'pledge', promise_ids[i], 1, 'pledge.hold', 'promised', lines[i], 'open', 'held', quantities[i], moved.need_id, new_gift, '{}', donor, 'donor', at, at);
    if moved.open = 0 then perform lab_open(moved.need_id); end if;
  end loop;
  if taken = 0 then raise exception 'NOT_ENOUGH_LEFT'; end if;
  answer := json_build_object('giftCode', new_code, 'held', taken);
  insert into request_key (actor_id, key, command, input_hash, result_sealed, created_at) values (donor, request, 'pledgeItems', typed, 'v1:' || answer, at);
  return answer;
end $$;

create function lab_open(need uuid) returns void language plpgsql as $$
begin
  perform 1 from public_need p where p.need_id = need for no key update;
  update public_need p set is_open = exists (select 1 from need_line l where l.need_id = need and l.accepts and l.open > 0) where p.need_id = need;
end $$;

create function lab_confirm(donor uuid, request text, typed text, of_code text, step_ids uuid[], letter_ids uuid[], at timestamptz, due timestamptz, way text, token_hash text, answer text)
returns text language plpgsql as $$
#variable_conflict use_column
declare
  kept record; found_gift uuid; promise record; place uuid; i int := 0;
begin
  select k.command, k.input_hash, k.result_sealed into kept from request_key k where k.actor_id = donor and k.key = request;
  if found then
    if kept.command <> 'confirmGift' or kept.input_hash <> typed then raise exception 'REQUEST_KEY_REUSED'; end if;
    return substr(kept.result_sealed, 4);
  end if;
  select g.id into found_gift from gift g where g.code = of_code and g.donor_id = donor for update;
  if not found then raise exception 'NOT_FOUND'; end if;
  for promise in select p.* from pledge p where p.gift_id = found_gift and p.state = 'promised' and p.hold_until > at order by p.line_id, p.id for update loop
    i := i + 1;
    if place is null then
      select s.id into place from service_point s join need n on n.town_code = s.town_code where n.id = promise.need_id limit 1;
    end if;
    update pledge p set state = 'confirmed', version = p.version + 1, confirmed_at = at, due_at = due, hold_until = null
      where p.id = promise.id and p.state = 'promised' and p.version = promise.version;
    insert into journal (id, entity, entity_id, entity_version, event, from_state, to_state, line_id, bucket_from, bucket_to, quantity, need_id, gift_id, data, actor_id, actor_role, occurred_at, recorded_at)
      values (step_ids[i], 'pledge', promise.id, promise.version + 1, 'pledge.confirm', 'promised', 'confirmed', promise.line_id, 'held', 'pledged', promise.quantity, promise.need_id, found_gift, jsonb_build_object('way', way), donor, 'donor', at, at);
    insert into outbox (id, journal_id, handler, state, run_at) values (letter_ids[i], step_ids[i], 'tellDonor', 'waiting', at);
    update need_line l set held = l.held - promise.quantity, pledged = l.pledged + promise.quantity, version = l.version + 1
      where l.id = promise.line_id and l.held >= promise.quantity;
    if not found then raise exception 'NOT_ENOUGH_LEFT'; end if;
  end loop;
  if i = 0 then raise exception 'HOLD_ENDED'; end if;
  update gift g set confirmed_at = at, arrival_way = way, point_id = place, display_choice = 'kind_person', if_gone = 'ask_me', not_relative_declared_at = at, track_token_hash = token_hash
    where g.id = found_gift;
  insert into request_key (actor_id, key, command, input_hash, result_sealed, created_at) values (donor, request, 'confirmGift', typed, 'v1:' || answer, at);
  return answer;
end $$;
