import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, date, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { fen, oneOf, units } from "./columns";

/**
 * What is summed: moves of goods and entries of money, each by day and way or kind; what the entries changed
 * on a fund's accounts; the units of all lines as they stand, and the same town by town; how many units were
 * handed over after how many days, town by town; what was put right or came late, by day and event.
 */
export const TALLIES = ["goods", "money", "standing", "lines", "towns", "days", "told"] as const;
export type Tally = (typeof TALLIES)[number];
/** Sums that have no day: of what stands now, or of all time. */
const DAYLESS = ["lines", "towns", "days"] as const satisfies readonly Tally[];

/** What the public account tells of what had to be put right. */
export const CORRECTING_EVENTS = [
  "moment_correction.make",
  "count_correction.approve",
  "item_report.correct",
] as const;
/** What it tells of what the portal's own people did too late, as the clocks found it. */
export const LATE_EVENTS = [
  "need.escalate",
  "delivery.overdue",
  "collection.overdue",
  "checkout.buy_late",
  "referral.escalate",
  "recipient_request.escalate",
] as const;

const summed = () => ({
  name: text("name").$type<Tally>().notNull(),
  /** The accounting day; none of what stands now. */
  day: date("day", { mode: "string" }),
  /** What of it, in codes: "donor point", a fund's id and a kind, "open", a town and a count of days. */
  part: text("part").notNull(),
  entries: units("entries")
    .notNull()
    .default(sql`0`),
  units: units("units")
    .notNull()
    .default(sql`0`),
  fen: fen("fen")
    .notNull()
    .default(sql`0`),
});

const checks = (table: string, t: Readonly<Record<"name" | "day" | "part", AnyPgColumn>>) => [
  check(`${table}_name`, oneOf(t.name, TALLIES)),
  check(`${table}_day`, sql`(${oneOf(t.name, DAYLESS)}) = (${t.day} is null)`),
  check(`${table}_part`, sql`${t.part} ~ '^[a-z0-9_ -]{1,80}$'`),
];

/**
 * Sums over tables that grow for ever, as of the last fold. Only together with `tally_change` they are true.
 */
export const tallies = pgTable("tally", summed(), (t) => [
  unique("tally_once").on(t.name, t.day, t.part).nullsNotDistinct(),
  ...checks("tally", t),
]);

/**
 * What has been added to them since, written by triggers in the transaction that changes what is summed
 * (db/sql/before.sql): nobody waits for anybody else's sum. A clock folds it into `tally`.
 */
export const tallyChanges = pgTable(
  "tally_change",
  {
    id: uuid("id")
      .primaryKey()
      .default(sql`gen_random_uuid()`),
    ...summed(),
  },
  (t) => [index("tally_change_by_name").on(t.name, t.day), ...checks("tally_change", t)],
);
