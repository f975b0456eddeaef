import { problemsOf, readVersions } from "../versions/frozen";

/**
 * No released migration is other than it was, each later one says what it does to a living database: see
 * `problemsOf`.
 */
const versions = readVersions();
const problems = problemsOf(versions);
for (const line of problems) console.error(line);
process.stdout.write(
  `${versions.migrations.length} migrations, ${versions.frozen.length} frozen, ${problems.length} problems\n`,
);
process.exit(problems.length === 0 ? 0 : 1);
