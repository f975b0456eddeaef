import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Makes the migrations again from the schema, in a copy: when drizzle-kit finds something to add, somebody
 * forgot `npm run db:generate`.
 */
mkdirSync("node_modules/.cache", { recursive: true });
const copy = mkdtempSync(path.join("node_modules/.cache", "migrations-"));
try {
  cpSync("db/migrations", copy, { recursive: true });
  const before = readdirSync(copy).length;
  const made = spawnSync(
    process.execPath,
    [
      "node_modules/drizzle-kit/bin.cjs",
      "generate",
      "--dialect",
      "postgresql",
      "--schema",
      "./db/schema/index.ts",
      "--out",
      `./${copy}`,
    ],
    {
      encoding: "utf8",
    },
  );
  const changed = readdirSync(copy).length !== before;
  if (made.status !== 0 || changed)
    console.error(changed ? "the schema and its migrations differ: run npm run db:generate" : made.stderr);
  process.exitCode = made.status === 0 && !changed ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
