import { sql } from "drizzle-orm";
import { ALL_CHECKS, eachCheck } from "~/domain/checks.server";
import { connect } from "~db/client";

/**
 * `npm run checks`: every invariant on the replica of DATABASE_READ_URL, or without one on the database of
 * DATABASE_URL, each line as soon as it is known; says how much it examined and names what is wrong. What
 * could not finish does not hold. CHECKS_STATEMENT_SECONDS: what one statement may take.
 *
 * `npm run checks -- since MOMENT`: of what is much only what the journal tells of since then. A run in which
 * everything holds says from when the next may.
 */
const USUAL_SECONDS = 1_800;
/** Two side by side, each read by one process of the database: less work than two for each in turn. */
const AT_ONCE = 2;
const {
  DATABASE_READ_URL,
  DATABASE_URL,
  CHECKS_STATEMENT_SECONDS: seconds = String(USUAL_SECONDS),
} = process.env;
const url = DATABASE_READ_URL || DATABASE_URL;
if (!url || !/^[1-9]\d{0,4}$/.test(seconds)) {
  console.error(
    url
      ? "CHECKS_STATEMENT_SECONDS is no whole number of seconds"
      : "DATABASE_URL is missing: which database shall be checked?",
  );
  process.exit(2);
}

const [word, moment = "", ...more] = process.argv.slice(2);
const since = word === undefined ? undefined : new Date(moment);
if (
  word !== undefined &&
  (word !== "since" || more.length > 0 || Number.isNaN(since?.getTime()) || (since ?? 0) > new Date())
) {
  console.error("npm run checks -- since MOMENT, a moment that is over, such as 2026-11-28T02:00:00Z");
  process.exit(2);
}

const connection = connect(url, {
  max: AT_ONCE,
  statementMs: Number.parseInt(seconds, 10) * 1_000,
  isParallel: false,
});
// A replica knows nothing of what came after the last transaction that it has.
const [clock] = await connection.db.execute<{ from: string | null; replicaAt: string | null }>(sql`
  with read (at) as (select case when pg_is_in_recovery() then pg_last_xact_replay_timestamp() else now() end)
  select to_char((at - interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as from,
    case when pg_is_in_recovery() then coalesce(at::text, 'an unknown moment') end as "replicaAt"
  from read`);
if (clock?.replicaAt) process.stdout.write(`On a replica, with what was written until ${clock.replicaAt}.\n`);
let [hold, broken, unfinished] = [0, 0, 0];
for await (const { name, guarantees, examined, wrong, finished, seconds: tookSeconds } of eachCheck(
  connection.db,
  ALL_CHECKS,
  since,
  AT_ONCE,
)) {
  if (!finished) unfinished += 1;
  else if (wrong.length > 0) broken += 1;
  else hold += 1;
  const place = `${String(hold + broken + unfinished).padStart(3)}/${ALL_CHECKS.length}`;
  process.stdout.write(
    `${wrong.length === 0 ? "ok  " : "FAIL"} ${place} ${name.padEnd(26)} ${String(examined).padStart(9)} examined · ${tookSeconds.toFixed(1).padStart(6)} s · ${guarantees}\n`,
  );
  for (const what of wrong.slice(0, 20)) process.stdout.write(`       ${what}\n`);
  if (wrong.length > 20) process.stdout.write(`       and ${wrong.length - 20} more\n`);
}

await connection.close();
process.stdout.write(`\n${hold} hold, ${broken} broken, ${unfinished} could not finish\n`);
// An hour earlier: longer than any transaction is open that was under way when this began.
if (hold === ALL_CHECKS.length && clock?.from)
  process.stdout.write(`The next run may be: npm run checks -- since ${clock.from}\n`);
process.exitCode = hold === ALL_CHECKS.length ? 0 : 1;
