/**
 * Tables that refuse UPDATE, DELETE and TRUNCATE, by trigger and by missing grants: a mistake is put right by
 * a new row.
 */
export const APPEND_ONLY_TABLES = [
  "journal",
  "money_entry",
  "money_transfer",
  "goods_move",
  "record_opening",
  "setting",
] as const;

/**
 * Tables that refuse UPDATE and TRUNCATE in the same ways; their rows go, by a clock, once their time is over
 * (app/domain/retention).
 */
export const WRITE_ONCE_TABLES = ["request_key"] as const;
