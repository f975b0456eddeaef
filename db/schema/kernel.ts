import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, sealed } from "./columns";

/**
 * Failed sign-ins and the like, counted in the database so that every copy of the app sees the same count.
 */
export const rateCounters = pgTable(
  "rate_counter",
  {
    key: text("key").notNull(),
    windowStart: instant("window_start").notNull(),
    hits: integer("hits").notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] })],
);

/**
 * The answer a command gave the first time, so that sending it twice does it once. Only successes are
 * remembered.
 */
export const requestKeys = pgTable(
  "request_key",
  {
    actorId: uuid("actor_id").notNull(),
    key: text("key").notNull(),
    command: text("command").notNull(),
    inputHash: text("input_hash").notNull(),
    resultSealed: sealed("result_sealed").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.actorId, t.key] }),
    check("request_key_sealed", sql`${t.resultSealed} like 'v1:%'`),
    index("request_key_by_day").on(t.createdAt),
  ],
);

/**
 * A dated setting: the row with the latest `valid_from` that has begun is in force. Never changed, only
 * superseded.
 */
export const settings = pgTable(
  "setting",
  {
    id: id().primaryKey(),
    key: text("key").notNull(),
    value: text("value").notNull(),
    validFrom: instant("valid_from").notNull(),
    setBy: uuid("set_by"),
    setAt: instant("set_at").notNull(),
  },
  (t) => [uniqueIndex("setting_dated").on(t.key, t.validFrom)],
);

/**
 * What this installation is, in its one row. Whether demo-only sign-in may be offered is a fact of the
 * database, never of a request.
 */
export const installation = pgTable(
  "installation",
  {
    one: boolean("one").primaryKey().default(true),
    cityNameHans: text("city_name_hans").notNull(),
    cityNameHant: text("city_name_hant").notNull(),
    cityNameEn: text("city_name_en").notNull(),
    phoneLine: text("phone_line").notNull(),
    isDemo: boolean("is_demo").notNull(),
  },
  (t) => [check("installation_one_row", sql`${t.one}`)],
);
