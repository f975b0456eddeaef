import { writeFileSync } from "node:fs";
import { frozenNow, problemsOf, readVersions } from "./versions/frozen";

/**
 * `npm run freeze`: at a release. From here on the migrations that are there now never change. Safe to
 * repeat.
 */
const versions = readVersions();
const problems = problemsOf(versions);
for (const line of problems) console.error(line);
if (problems.length > 0) process.exit(1);
const list = frozenNow(versions);
writeFileSync("db/migrations/frozen.json", `${JSON.stringify(list, null, 2)}\n`);
process.stdout.write(
  `${list.length - versions.frozen.length} migrations are frozen now, ${list.length} in all.\n`,
);
