import { problemsOf, readLock } from "../supply/lock";

/** The lock installs the same bytes everywhere: see `problemsOf`. */
const lock = readLock();
const problems = problemsOf(lock);
for (const line of problems) console.error(line);
process.stdout.write(`${Object.keys(lock).length - 1} packages, ${problems.length} problems\n`);
process.exit(problems.length === 0 ? 0 : 1);
