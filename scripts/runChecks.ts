import { ALL_CHECKS, eachCheck } from "~/domain/checks.server";
import { connect } from "~db/client";

/**
 * `npm run checks`: every invariant on the database of DATABASE_URL (a replica's does as well), each line as soon as it is known; says how
 * much it examined and names what is wrong. What could not finish does not hold. CHECKS_STATEMENT_SECONDS: what one statement may take.
 */
const USUAL_SECONDS = 1_800;
const { DATABASE_URL: url, CHECKS_STATEMENT_SECONDS: seconds = String(USUAL_SECONDS) } = process.env;
if (!url || !/^[1-9]\d{0,4}$/.test(seconds)) {
  console.error(url ? "CHECKS_STATEMENT_SECONDS is no whole number of seconds" : "DATABASE_URL is missing: which database shall be checked?");
  process.exit(2);
}
const connection = connect(url, { max: 1, statementMs: Number.parseInt(seconds, 10) * 1_000 });
let [hold, broken, unfinished] = [0, 0, 0];
let began = performance.now();
for await (const { name, guarantees, examined, wrong, finished } of eachCheck(connection.db)) {
  const tookSeconds = (performance.now() - began) / 1_000;
  began = performance.now();
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
process.exitCode = hold === ALL_CHECKS.length ? 0 : 1;
