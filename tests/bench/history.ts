import type postgres from "postgres";

/**
 * Gifts, promises, joint days, requests and their journal: what is done and gone by far outweighs what is
 * due, as after some years; two thousand letters wait for a day of their own. For people and wishes that
 * `writePeople` (200 of them) and `writeWishes` wrote. Each donor holds four units, until 2030.
 */
export async function writeHistory(filling: postgres.Sql): Promise<void> {
  await filling.unsafe(`
    insert into gift (id, code, donor_id, kind, created_at)
    select gen_random_uuid(), 'GB' || n, ('00000000-0000-7000-c000-' || lpad(to_hex(1 + n % 200), 12, '0'))::uuid, 'goods', now() from generate_series(1, 20000) n;
    insert into pledge (id, gift_id, donor_id, need_id, line_id, kind, state, quantity, given_back, unit_price_fen, created_at)
    select gen_random_uuid(), g.id, g.donor_id, l.need_id, l.id, 'goods', 'released', 1, 1, 100, now()
    from (select *, row_number() over () as n from gift) g join (select *, row_number() over () as n from need_line) l using (n);
    insert into pledge (id, gift_id, donor_id, need_id, line_id, kind, state, quantity, unit_price_fen, hold_until, created_at)
    select gen_random_uuid(), g.id, g.donor_id, l.need_id, l.id, 'goods', 'promised', 1, 100, '2030-01-01', now()
    from (select *, row_number() over () as n from gift limit 800) g join (select *, row_number() over () as n from need_line limit 800) l using (n);
    insert into joint_day (id, gift_id, point_id, day, state, proposed_side, proposed_by, agreed_by, created_at)
    select gen_random_uuid(), g.id, (select id from service_point order by id limit 1), '2025-01-01', 'held', 'donor', gen_random_uuid(), gen_random_uuid(), now() from gift g;
    insert into journal (id, entity, entity_id, entity_version, event, actor_role, occurred_at, recorded_at)
    select gen_random_uuid(), 'pledge', id, 1, 'pledge.release', 'donor', now(), now() from pledge;
    insert into recipient_request (id, household_id, kind, state, recorded_by, occurred_at, created_at, closed_at)
    select gen_random_uuid(), h.id, 'refuse', 'done', h.created_by, now(), now(), now() from household h, generate_series(1, greatest(1, 20000 / (select count(*)::int from household)));
    insert into call_back (id, code, town_code, way, asked_for, state, asked_sealed, due_at, created_at)
    select gen_random_uuid(), 'C' || t.code || n, t.code, 'call', 'myself', 'waiting', 'v1:', now() + n * interval '1 minute', now() from town t, generate_series(1, 1500) n;
    insert into journal (id, entity, entity_id, entity_version, event, actor_role, data, occurred_at, recorded_at)
    select gen_random_uuid(), 'role_grant', gen_random_uuid(), 1, 'role.grant', 'system', jsonb_build_object('role', case when n % 200 = 0 then 'auditor' else 'donor' end), now(), now()
    from generate_series(1, 20000) n;
    insert into outbox (id, journal_id, handler, state, run_at) select gen_random_uuid(), id, 'tellDonor', 'done', now() from journal;
    insert into outbox (id, journal_id, handler, state, run_at) select gen_random_uuid(), id, 'tellHousehold', 'waiting', '2030-01-01' from journal where entity = 'pledge' limit 2000;
    analyze;`);
}
