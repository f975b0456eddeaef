import { allocation, bucket, correction, counted, one, type Plant, refund, somebody } from "./planting";

/** One fault for each check of wishes, promises, books, payments, things on their way, and who gets what. */
export const PLANTS_OF_GIFTS: Readonly<Record<string, Plant>> = {
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
  "needs.searched": {
    sql: `update need_search set words = words || 'planted'::tsvector where ${one("need_search")}`,
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
  "needs.entitlements": {
    loosen: ["need"],
    sql: `update need set entitlements_checked_by = null where ${one("need", "kind = 'wish' and verified_by is not null")}`,
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
  "books.tally.goods": counted("goods", "'2026-01-01'"),
  "books.tally.money": counted("money", "'2026-01-01'"),
  "books.tally.standing": counted("standing", "'2026-01-01'"),
  "books.tally.lines": counted("lines", "null"),
  "books.tally.towns": counted("towns", "null"),
  "books.tally.days": counted("days", "null"),
  "books.tally.told": counted("told", "'2026-01-01'"),
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
  "payments.still_to_buy": {
    sql: `update checkout set to_buy = not to_buy where ${one("checkout", "buy_by is not null")}`,
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
  "delivery.rest": {
    sql: `update delivery set has_rest = not has_rest where ${one("delivery", "state = 'confirmed'")}`,
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
};
