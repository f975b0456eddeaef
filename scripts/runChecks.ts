import { runChecks } from "~/domain/checks.server";
import { connect } from "~db/client";

/** `npm run checks`: every invariant on the database of DATABASE_URL; says how much it examined and names what is wrong. */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error("DATABASE_URL is missing: which database shall be checked?");
  process.exit(2);
}
const connection = connect(url, { max: 2 });
const results = await runChecks(connection.db);
await connection.close();
for (const { name, guarantees, examined, wrong } of results) {
  process.stdout.write(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name.padEnd(26)} ${String(examined).padStart(7)} examined · ${guarantees}\n`);
  for (const what of wrong.slice(0, 20)) process.stdout.write(`       ${what}\n`);
}
const failed = results.filter((result) => result.wrong.length > 0).length;
process.stdout.write(`\n${results.length - failed} hold, ${failed} broken\n`);
process.exit(failed === 0 ? 0 : 1);
