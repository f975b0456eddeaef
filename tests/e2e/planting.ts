/**
 * How one invariant is broken on the demo's own rows, in a transaction that is taken back: whose CHECKs are
 * let go of first, and what is then written.
 */
export type Plant = Readonly<{ loosen?: readonly string[]; sql: string }>;

/** Any one row of a table, as the condition that names it. */
export const one = (table: string, where = "true") =>
  `ctid = (select ctid from ${table} where ${where} limit 1)`;
/** One row twice, with some columns changed. */
export const twin = (table: string, changes: string, where = "true") =>
  `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || ${changes})).* from ${table} t where ${where} limit 1`;
/** An account that there is, always the same. */
export const somebody = "(select id from app_user order by id limit 1)";
/** A proposal of any lot for any line, as no use case would write it. */
export const allocation = (
  state: string,
  lot = "true",
  { decidedBy = "null", expiresAt = "now() + interval '1 day'" } = {},
): Plant => ({
  loosen: ["allocation"],
  sql: `insert into allocation (id, lot_id, line_id, quantity, state, score, reasons, proposed_by, decided_by, expires_at, created_at) select gen_random_uuid(), t.id, l.id, 1, '${state}', 0, '{}', ${somebody}, ${decidedBy}, ${expiresAt}, now() from lot t cross join need_line l where ${lot} limit 1`,
});
/** A line that counts one unit more than its promises and parcels do. */
export const bucket = (name: string): Plant => ({
  loosen: ["need_line"],
  sql: `update need_line set ${name} = ${name} + 1, requested = requested + 1 where ${one("need_line")}`,
});
/** One unit in a kept sum that nothing in its table counts. */
export const counted = (name: string, day: string): Plant => ({
  sql: `insert into tally_change (name, day, part, units) values ('${name}', ${day}, 'planted', 1)`,
});
/** The row stands one step further than its journal. */
export const ahead = (table: string): Plant => ({
  sql: `update ${table} set version = version + 1 where id = (select e.id from ${table} e join journal j on j.entity = '${table}' and j.entity_id = e.id limit 1)`,
});
/** One step more in the journal, of which the row knows nothing. */
export const behind = (table: string): Plant => ({
  sql: twin(
    "journal",
    `jsonb_build_object('id', gen_random_uuid(), 'entity', '${table}', 'entity_id', (select id from ${table} limit 1), 'entity_version', 9999, 'to_state', 'nowhere')`,
  ),
});

/** A correction that one person decided alone. */
export const correction: Plant = {
  loosen: ["count_correction"],
  sql: `insert into count_correction (id, parcel_id, stage, was, shall, reason, state, proposed_by, decided_by, created_at) select gen_random_uuid(), id, 'counted', 1, 2, 'counted_wrong', 'applied', ${somebody}, ${somebody}, now() from parcel limit 1`,
};
/** Money on its way back of which neither the book nor the journal knows. */
export const refund: Plant = {
  loosen: ["refund"],
  sql: `insert into refund (id, checkout_id, payment_intent_id, amount_fen, state, requested_by, created_at, asked_at) select gen_random_uuid(), id, 'planted', 99999999999, 'asked', ${somebody}, now(), now() from checkout limit 1`,
};
/** The moment at which the fault is planted. */
export const now = "now()";
/** A need with a line, that line, and a household, always the same ones. */
export const someNeed = "(select need_id from need_line order by id limit 1)";
export const someLine = "(select id from need_line order by id limit 1)";
export const someHousehold = "(select id from household order by id limit 1)";
/** A row that came without its birth in the journal. */
export const unborn = (table: string, columns: Readonly<Record<string, string>>): Plant => ({
  sql: `insert into ${table} (id, ${Object.keys(columns).join(", ")}) values (gen_random_uuid(), ${Object.values(columns).join(", ")})`,
});
