import { one, type Plant, somebody, twin } from "./planting";

/** One fault for each check of households, what is due to them, organisations, and who works here. */
export const PLANTS_OF_PEOPLE: Readonly<Record<string, Plant>> = {
  "households.request_moments": {
    sql: `update recipient_request set occurred_at = occurred_at - interval '1 minute' where ${one("recipient_request")}`,
  },
  "households.request_clock": {
    loosen: ["recipient_request"],
    sql: `insert into recipient_request (id, household_id, kind, state, version, recorded_by, occurred_at, created_at) select gen_random_uuid(), (select id from household limit 1), 'correct', 'open', 1, ${somebody}, now(), now()`,
  },
  "callBacks.sealed": {
    loosen: ["call_back"],
    sql: `update call_back set asked_sealed = '在明处的姓名' where ${one("call_back")}`,
  },
  "callBacks.clock": {
    loosen: ["call_back"],
    sql: `update call_back set due_at = now() - interval '30 days', escalated_at = null where ${one("call_back", "due_at is not null")}`,
  },
  "callBacks.opened": {
    sql: "delete from journal where event = 'call_back.open'",
  },
  "households.openings": { sql: `delete from record_opening where ${one("record_opening")}` },
  "households.sealed": {
    loosen: ["household"],
    sql: `update household set contact_sealed = '在明处的姓名' where ${one("household")}`,
  },
  "households.erased": {
    loosen: ["household"],
    sql: "update household set erased_at = now() where id = (select household_id from consent where withdrawn_at is null limit 1)",
  },
  "push.rarely": {
    sql: twin(
      "push",
      "jsonb_build_object('id', gen_random_uuid(), 'created_at', (t.created_at + interval '1 day')::text)",
    ),
    loosen: ["push"],
  },
  "push.consent": {
    loosen: ["consent", "push"],
    sql: `update push set sent_at = now() where ${one("push")}; update consent set given_at = '2099-01-01'`,
  },
  "facts.erased": {
    loosen: ["household"],
    sql: "update household set erased_at = now() where id = (select household_id from household_facts limit 1)",
  },
  "facts.size": {
    sql: "update household_facts set household_size_min = 9, household_size_max = 9, lives_alone = null where household_id = (select household_id from household_facts where members_complete limit 1)",
  },
  "handover.gone": {
    loosen: ["finder_handover"],
    sql: `insert into finder_handover select (jsonb_populate_record(null::finder_handover, jsonb_build_object('id', gen_random_uuid(), 'code_hash', 'planted', 'answers_sealed', 'v1:x', 'created_at', '2020-01-01T00:00:00Z', 'expires_at', '2020-01-02T00:00:00Z'))).*`,
  },
  "organisations.four_eyes": {
    loosen: ["registration"],
    sql: `update registration set entered_by = ${somebody}, decided_by = ${somebody} where ${one("registration")}`,
  },
  "organisations.accounts": {
    loosen: ["charity_account"],
    sql: twin(
      "charity_account",
      "jsonb_build_object('id', gen_random_uuid(), 'charity_id', gen_random_uuid())",
      "state = 'approved'",
    ),
  },
  "organisations.verified": {
    sql: "delete from registration where organisation_id = (select id from organisation where state = 'verified' limit 1)",
  },
  "lists.rules.eyes": {
    loosen: ["list_rule"],
    sql: `update list_rule set drafted_by = ${somebody}, approved_by = ${somebody} where ${one("list_rule", "state = 'approved'")}`,
  },
  "lists.values.eyes": {
    loosen: ["list_parameter"],
    sql: `update list_parameter set proposed_by = ${somebody}, approved_by = ${somebody} where ${one("list_parameter", "state = 'approved'")}`,
  },
  "lists.rules.in_force": {
    sql: "update list_rule set effective_from = '2099-01-01' where item_code = (select code from list_item where state = 'published' limit 1)",
  },
  "lists.finder.taken_in": {
    sql: twin(
      "journal",
      "jsonb_build_object('id', gen_random_uuid(), 'entity', 'list_item', 'entity_id', (select i.id from list_item i where i.in_finder and not exists (select 1 from journal j where j.entity_id = i.id and j.event = 'list_item.take_in') limit 1), 'entity_version', 9999, 'event', 'list_item.import')",
    ),
  },
  "lists.rules.cases": {
    loosen: ["list_rule"],
    sql: `update list_rule set cases = '[]' where ${one("list_rule", "state = 'approved' and kind = 'rule'")}`,
  },
  "referral.lead": { loosen: ["referral_owner"], sql: "update referral_owner set is_lead = false" },
  "referral.clock": {
    loosen: ["referral"],
    sql: `update referral set due_at = null where ${one("referral", "state not in ('got_help', 'not_helped')")}`,
  },
  "referral.escalated": {
    loosen: ["referral"],
    sql: `update referral set escalated_at = due_at - interval '1 day' where ${one("referral", "due_at is not null")}`,
  },
  "referral.followUp": {
    loosen: ["referral"],
    sql: "update referral set state = 'not_helped' where id = (select r.id from referral r where not exists (select 1 from follow_up f where f.referral_id = r.id) limit 1)",
  },
  "referral.consent": { sql: "delete from consent where scope = 'share'" },
  "identity.accounts": { sql: `update app_user set version = version + 1 where ${one("app_user")}` },
  "identity.left": {
    loosen: ["app_user"],
    sql: `update app_user set left_at = now(), disabled_at = now() where ${one("app_user")}`,
  },
  "identity.closed": {
    sql: `insert into session (id, user_id, expires_at, created_at, last_seen_at) values ('planted', ${somebody}, now() + interval '1 day', now(), now()); update app_user set disabled_at = now() where id = ${somebody}`,
  },
  "identity.invitations": {
    sql: `insert into invitation (id, role, scope_kind, scope_id, token_hash, invited_by, created_at, expires_at, closed_at, closed_why, accepted_by) values (gen_random_uuid(), 'storekeeper', 'point', 'nowhere', 'planted', ${somebody}, now(), now() + interval '1 hour', now(), 'accepted', (select id from app_user order by id desc limit 1))`,
  },
  "identity.confirmed": {
    sql: `update app_user set mail_confirmed_at = null where ${one("app_user", "id in (select user_id from role_grant)")}`,
  },
  "identity.reached": {
    sql: `update app_user set email = null where ${one("app_user", "id in (select user_id from role_grant)")}`,
  },
  "identity.second_step": {
    sql: `insert into second_factor (user_id, secret_sealed, created_at, confirmed_at, last_used_step) values (${somebody}, 'v1:planted', now(), now(), 1)`,
  },
  "identity.passkeys": {
    sql: `insert into passkey (id, user_id, credential_id, public_key, sign_count, transports, name, created_at)
      select gen_random_uuid(), ${somebody}, 'planted-' || n, repeat('k', 60), 0, '{}', 'planted', now() from generate_series(1, 11) n`,
  },
  "identity.second_admin": {
    loosen: ["role_grant"],
    sql: `update role_grant set granted_by = (select id from app_user order by id desc limit 1) where ${one("role_grant", "role = 'operator'")}`,
  },
  "identity.step_resets": {
    sql: `with asked as (insert into step_reset (id, user_id, reason, state, proposed_by, created_at) values (gen_random_uuid(), ${somebody}, 'other', 'waiting', (select id from app_user order by id desc limit 1), now() - interval '1 day'))
      insert into journal (id, entity, entity_id, entity_version, event, actor_id, actor_role, occurred_at, recorded_at) select gen_random_uuid(), 'account', ${somebody}, version + 1, 'account.reset_second_step', ${somebody}, 'admin', now(), now() from app_user where id = ${somebody}`,
  },
  "identity.letters": {
    sql: `update message set to_sealed = 'v1:planted', sent_at = now() where ${one("message")}`,
  },
};
