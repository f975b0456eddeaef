import {
  ahead,
  allocation,
  behind,
  correction,
  now,
  one,
  type Plant,
  refund,
  somebody,
  someHousehold,
  someLine,
  someNeed,
  twin,
  unborn,
} from "./planting";
import { PLANTS_OF_GIFTS } from "./plantsOfGifts";
import { PLANTS_OF_PEOPLE } from "./plantsOfPeople";

/** For each nightly check, one fault that it exists to find. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  ...PLANTS_OF_GIFTS,
  ...PLANTS_OF_PEOPLE,
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
  "journal.replay.call_back": behind("call_back"),
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
