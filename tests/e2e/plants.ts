/**
 * How one invariant is broken on the demo's own rows, in a transaction that is taken back: whose CHECKs are
 * let go of first, and what is then written.
 */
export type Plant = Readonly<{ loosen?: readonly string[]; sql: string }>;

const one = (table: string, where = "true") => `ctid = (select ctid from ${table} where ${where} limit 1)`;
/** One row twice, with some columns changed. */
const twin = (table: string, changes: string, where = "true") =>
  `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || ${changes})).* from ${table} t where ${where} limit 1`;
const somebody = "(select id from app_user order by id limit 1)";
/** A proposal of any lot for any line, as no use case would write it. */
const allocation = (
  state: string,
  lot = "true",
  { decidedBy = "null", expiresAt = "now() + interval '1 day'" } = {},
): Plant => ({
  loosen: ["allocation"],
  sql: `insert into allocation (id, lot_id, line_id, quantity, state, score, reasons, proposed_by, decided_by, expires_at, created_at) select gen_random_uuid(), t.id, l.id, 1, '${state}', 0, '{}', ${somebody}, ${decidedBy}, ${expiresAt}, now() from lot t cross join need_line l where ${lot} limit 1`,
});
const bucket = (name: string): Plant => ({
  loosen: ["need_line"],
  sql: `update need_line set ${name} = ${name} + 1, requested = requested + 1 where ${one("need_line")}`,
});
/** The row stands one step further than its journal. */
const ahead = (table: string): Plant => ({
  sql: `update ${table} set version = version + 1 where id = (select e.id from ${table} e join journal j on j.entity = '${table}' and j.entity_id = e.id limit 1)`,
});
/** One step more in the journal, of which the row knows nothing. */
const behind = (table: string): Plant => ({
  sql: twin(
    "journal",
    `jsonb_build_object('id', gen_random_uuid(), 'entity', '${table}', 'entity_id', (select id from ${table} limit 1), 'entity_version', 9999, 'to_state', 'nowhere')`,
  ),
});

/** A correction that one person decided alone. */
const correction: Plant = {
  loosen: ["count_correction"],
  sql: `insert into count_correction (id, parcel_id, stage, was, shall, reason, state, proposed_by, decided_by, created_at) select gen_random_uuid(), id, 'counted', 1, 2, 'counted_wrong', 'applied', ${somebody}, ${somebody}, now() from parcel limit 1`,
};
/** Money on its way back of which neither the book nor the journal knows. */
const refund: Plant = {
  loosen: ["refund"],
  sql: `insert into refund (id, checkout_id, payment_intent_id, amount_fen, state, requested_by, created_at, asked_at) select gen_random_uuid(), id, 'planted', 99999999999, 'asked', ${somebody}, now(), now() from checkout limit 1`,
};
const now = "now()";
const someNeed = "(select need_id from need_line order by id limit 1)";
const someLine = "(select id from need_line order by id limit 1)";
const someHousehold = "(select id from household order by id limit 1)";
/** A row that came without its birth in the journal. */
const unborn = (table: string, columns: Readonly<Record<string, string>>): Plant => ({
  sql: `insert into ${table} (id, ${Object.keys(columns).join(", ")}) values (gen_random_uuid(), ${Object.values(columns).join(", ")})`,
});

/** For each nightly check, one fault that it exists to find. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  "needs.units.held": bucket("held"),
  "needs.units.pledged": bucket("pledged"),
  "needs.units.in_hub": bucket("in_hub"),
  "needs.units.delivered": bucket("delivered"),
  "needs.units.waived": bucket("waived"),
  "needs.eyes": {
    loosen: ["need"],
    sql: `update need set verified_by = filed_by where ${one("need", "verified_by is not null and filed_by is not null")}`,
  },
  "needs.review_clock": {
    loosen: ["need"],
    sql: `update need set review_due_at = null, escalated_at = null where ${one("need", "review_due_at is not null")}`,
  },
  "needs.public": { sql: `delete from public_need where ${one("public_need")}` },
  "needs.consent": {
    sql: "update consent set withdrawn_at = now() where scope = 'publish'",
    loosen: ["consent"],
  },
  "needs.whole": {
    sql: "delete from need_line where need_id = (select id from need where state = 'published' limit 1)",
  },
  "needs.unfinished": {
    sql: `insert into need_draft (id, code, kind, filed_by, form_sealed, created_at, changed_at) select id, code, 'wish', ${somebody}, 'v1:planted', now(), now() from need where kind = 'wish' and state = 'published' limit 1`,
  },
  "needs.accepts": {
    loosen: ["need_line"],
    sql: "update need_line set accepts = true where need_id = (select id from need where state <> 'published' limit 1)",
  },
  "giving.held": bucket("held"),
  "giving.pledged": bucket("pledged"),
  "giving.ended": {
    loosen: ["pledge"],
    sql: `update pledge set state = 'released', settled = 0, given_back = 0 where ${one("pledge")}`,
  },
  "giving.clock": {
    loosen: ["pledge"],
    sql: `update pledge set state = 'promised', hold_until = '2020-01-01' where ${one("pledge")}`,
  },
  "giving.joint_days": {
    loosen: ["joint_day"],
    sql: `update joint_day set agreed_by = proposed_by where ${one("joint_day")}`,
  },
  "giving.collections": {
    loosen: ["collection"],
    sql: `update collection set state = 'asked', day = '2020-01-01' where ${one("collection")}`,
  },
  "giving.awaited_offers": {
    loosen: ["offer"],
    sql: `update offer set state = 'accepted', due_at = null where ${one("offer")}`,
  },
  "giving.shown_names": {
    loosen: ["gift"],
    sql: `update gift set display_name = 'donor@example.org' where ${one("gift", "display_choice = 'kind_person'")}`,
  },
  "giving.declared": {
    loosen: ["gift"],
    sql: `update gift set not_relative_declared_at = null where ${one("gift", "confirmed_at is not null")}`,
  },
  "books.halves": {
    sql: `update money_transfer set amount_fen = amount_fen + 1 where ${one("money_transfer", "half = 'where'")}`,
  },
  "books.numbered": {
    sql: `update programme set entries = entries + 1 where ${one("programme", "entries > 0")}`,
  },
  "books.reversed": {
    loosen: ["money_entry"],
    sql: `update money_entry set kind = 'reverse', reverses_id = null where ${one("money_entry")}`,
  },
  "books.funds": { sql: `update programme set available_fen = available_fen + 1 where ${one("programme")}` },
  "books.never_below": {
    sql: "update money_transfer set amount_fen = 99999999999 where entry_id = (select id from money_entry where kind = 'commit' limit 1)",
  },
  "books.received": {
    loosen: ["money_transfer"],
    sql: `update money_transfer set to_account = replace(to_account, ':available', ':elsewhere') where ${one("money_transfer", "to_account like '%:available'")}`,
  },
  "books.gifts": {
    loosen: ["money_transfer"],
    sql: "update money_transfer set to_account = replace(to_account, ':available', ':elsewhere') where entry_id = (select id from money_entry where kind = 'receive' and gift_id is not null limit 1)",
  },
  "books.cash": {
    loosen: ["money_transfer"],
    sql: `update money_transfer set to_account = 'cash:elsewhere' where ${one("money_transfer", "to_account like 'cash:%'")}`,
  },
  "goods.stock": { sql: `update lot_stock set quantity = quantity + 1 where ${one("lot_stock")}` },
  "goods.whole": { sql: `update lot set quantity = quantity + 1 where ${one("lot")}` },
  "goods.origin": {
    loosen: ["goods_move"],
    sql: `update goods_move set from_kind = 'lost' where ${one("goods_move", "from_kind = 'donor'")}`,
  },
  "goods.split": {
    loosen: ["lot"],
    sql: "update lot set split_from = (select id from lot order by id limit 1) where id = (select id from lot order by id desc limit 1)",
  },
  "goods.accepted": {
    loosen: ["inspection"],
    sql: `update inspection set accepted = accepted + 1 where ${one("inspection")}`,
  },
  "goods.corrected": {
    loosen: ["goods_move"],
    sql: `update goods_move set source_type = 'count_correction' where ${one("goods_move", "from_kind = 'donor'")}`,
  },
  "goods.frozen": { sql: `update lot set best_before = '2001-01-01' where ${one("lot")}` },
  "goods.points": {
    loosen: ["goods_move"],
    sql: `update goods_move set to_place = 'point:nowhere' where ${one("goods_move", "to_place like 'point:%'")}`,
  },
  "payments.booked": {
    sql: `update checkout set amount_fen = amount_fen + 1 where ${one("checkout", "state = 'paid'")}`,
  },
  "payments.sourced": {
    sql: `update money_entry set source_id = 'pi_of_nobody' where ${one("money_entry", "kind = 'receive'")}`,
  },
  "payments.spent": {
    loosen: ["purchase"],
    sql: `update purchase set decided_by = recorded_by where ${one("purchase")}`,
  },
  "payments.spendings": { sql: `update spending set amount_fen = amount_fen + 1 where ${one("spending")}` },
  "payments.price": {
    sql: `update purchase set amount_fen = amount_fen + 1 where ${one("purchase", "state = 'approved'")}`,
  },
  "payments.refunds": refund,
  "payments.returned": refund,
  "payments.to_buy": {
    loosen: ["checkout", "purchase"],
    sql: "update purchase set state = 'rejected'; update checkout set buy_by = null where state = 'paid'",
  },
  "payments.clock": {
    loosen: ["checkout"],
    sql: `update checkout set state = 'open', expires_at = '2020-01-01' where ${one("checkout")}`,
  },
  "delivery.moments": { sql: `update parcel set occurred_at = '2001-01-01' where ${one("parcel")}` },
  "delivery.moments_replayed": {
    sql: `update inspection set occurred_at = occurred_at + interval '1 minute' where ${one("inspection")}`,
  },
  "delivery.in_hub": bucket("in_hub"),
  "delivery.delivered": bucket("delivered"),
  "delivery.carried": {
    loosen: ["delivery_item"],
    sql: "update delivery_item set quantity = quantity + 1 where delivery_id = (select id from delivery where state = 'dispatched' limit 1)",
  },
  "delivery.packed_once": {
    loosen: ["delivery", "delivery_item"],
    sql: `update delivery set state = 'packed' where ${one("delivery")}; update delivery_item set quantity = quantity + 1000 where delivery_id in (select id from delivery where state = 'packed')`,
  },
  "delivery.own_need": {
    loosen: ["delivery"],
    sql: "update delivery set household_id = gen_random_uuid() where id = (select delivery_id from delivery_item limit 1)",
  },
  "delivery.in_date": {
    sql: "update lot set best_before = '2001-01-01' where id = (select lot_id from delivery_item limit 1)",
  },
  "delivery.proof": { sql: `delete from handover where ${one("handover", "proof is not null")}` },
  "delivery.counted": {
    loosen: ["delivery_item"],
    sql: `update delivery_item set delivered_quantity = delivered_quantity + 1 where ${one("delivery_item")}`,
  },
  "delivery.eyes": {
    loosen: ["delivery"],
    sql: `update delivery set secret_shown_by = courier_id where ${one("delivery", "courier_id is not null")}`,
  },
  "delivery.inspected_once": {
    sql: `update parcel set inspected_at = null where ${one("parcel", "inspected_at is not null")}`,
  },
  "delivery.corrected": { sql: `update parcel set counted = counted + 1 where ${one("parcel")}` },
  "delivery.correction_eyes": correction,
  "delivery.awaited": {
    loosen: ["service_visit"],
    sql: `update service_visit set state = 'done', quantity = quantity + 1000 where ${one("service_visit")}`,
  },
  "delivery.settled": {
    loosen: ["pledge"],
    sql: `update pledge set settled = 1000000 where ${one("pledge", "line_id in (select id from need_line where kind = 'goods')")}`,
  },
  "matching.reserved": {
    loosen: ["lot_stock"],
    sql: `update lot_stock set reserved = reserved + 1 where ${one("lot_stock")}`,
  },
  "matching.unmatched": allocation("proposed", "t.line_id is not null"),
  "matching.applied": allocation("applied", undefined, {
    decidedBy: "(select id from app_user order by id desc limit 1)",
  }),
  "matching.clock": allocation("proposed", undefined, { expiresAt: "'2020-01-01'" }),
  "matching.eyes": allocation("applied", undefined, { decidedBy: somebody }),
  "matching.offers": {
    loosen: ["offer"],
    sql: `update offer set arrived = arrived + 1 where ${one("offer")}`,
  },
  "households.request_moments": {
    sql: `update recipient_request set occurred_at = occurred_at - interval '1 minute' where ${one("recipient_request")}`,
  },
  "households.request_clock": {
    loosen: ["recipient_request"],
    sql: `insert into recipient_request (id, household_id, kind, state, version, recorded_by, occurred_at, created_at) select gen_random_uuid(), (select id from household limit 1), 'correct', 'open', 1, ${somebody}, now(), now()`,
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
    sql: `${twin("push", "jsonb_build_object('id', gen_random_uuid(), 'created_at', (t.created_at + interval '1 day')::text)")}`,
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
  "needs.entitlements": {
    loosen: ["need"],
    sql: `update need set entitlements_checked_by = null where ${one("need", "kind = 'wish' and verified_by is not null")}`,
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
  "journal.replay.allocation": allocation("proposed"),
  "journal.replay.count_correction": correction,
  "journal.replay.refund": refund,
  "journal.replay.finance_task": unborn("finance_task", {
    kind: "'late_payment'",
    reference: "'planted'",
    state: "'open'",
    opened_at: now,
  }),
  "journal.replay.giving_intent": unborn("giving_intent", {
    donor_id: somebody,
    need_id: someNeed,
    line_id: someLine,
    quantity: "1",
    state: "'waiting'",
    created_at: now,
  }),
  "journal.replay.role_proposal": unborn("role_proposal", {
    user_id: somebody,
    role: "'operator'",
    scope_kind: "'city'",
    state: "'waiting'",
    proposed_by: "(select id from app_user order by id desc limit 1)",
    created_at: now,
  }),
  "journal.replay.step_reset": unborn("step_reset", {
    user_id: somebody,
    reason: "'other'",
    state: "'waiting'",
    proposed_by: "(select id from app_user order by id desc limit 1)",
    created_at: now,
  }),
  "journal.replay.import_job": unborn("import_job", {
    town_code: "(select code from town limit 1)",
    owner_id: somebody,
    state: "'stopped'",
    total: "0",
    without_age: "0",
    run_at: now,
    created_at: now,
    ended_at: now,
  }),
  "imports.jobs": unborn("import_job", {
    town_code: "(select code from town limit 1)",
    owner_id: somebody,
    state: "'stopped'",
    total: "2",
    made: "1",
    without_age: "0",
    run_at: now,
    created_at: now,
    ended_at: now,
  }),
  "journal.replay.recipient_request": unborn("recipient_request", {
    household_id: someHousehold,
    kind: "'refuse'",
    state: "'open'",
    recorded_by: somebody,
    occurred_at: now,
    created_at: now,
    due_at: "now()",
  }),
  "journal.replay.list_item": behind("list_item"),
  "journal.replay.filing": behind("filing"),
  "journal.replay.charity_account": behind("charity_account"),
  "audit.trail": {
    sql: "delete from portal_use where id = (select id from portal_use where journal_id is not null order by at desc limit 1)",
  },
  "journal.corrections": {
    sql: twin(
      "journal",
      "jsonb_build_object('id', gen_random_uuid(), 'entity', 'moment_correction', 'entity_id', gen_random_uuid(), 'entity_version', 1, 'event', 'moment_correction.make', 'data', jsonb_build_object('entry', t.id, 'was', t.occurred_at, 'shall', t.occurred_at - interval '1 day', 'copy', 0))",
      "t.actor_id is not null",
    ),
  },
  "journal.unbroken": {
    sql: `update journal set from_state = 'nowhere' where ${one("journal", "entity_version > 1")}`,
  },
  "outbox.flows": { loosen: ["outbox"], sql: `update outbox set state = 'dead' where ${one("outbox")}` },
};

/** Every stateful table: its row one step ahead of the journal. */
export const plantOf = (check: string): Plant | undefined =>
  PLANTS[check] ??
  (check.startsWith("journal.replay.") ? ahead(check.slice("journal.replay.".length)) : undefined);
