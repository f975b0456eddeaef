/** Tables that refuse UPDATE, DELETE and TRUNCATE, by trigger and by missing grants: a mistake is put right by a new row. */
export const APPEND_ONLY_TABLES = ["journal", "money_entry", "money_transfer", "goods_move", "record_opening", "request_key", "setting"] as const;
