import { readFileSync } from "node:fs";

type Entry = { optionalDependencies?: Record<string, string>; resolved?: string };

/** npm may write a lock without other platforms' binaries, and `npm ci` then fails elsewhere: every optional name must be in the lock. */
const packages = (JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> }).packages;

function isLocked(from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`]) return true;
    if (base === "") return false;
  }
}

const missing = Object.entries(packages).flatMap(([place, entry]) =>
  Object.keys(entry.optionalDependencies ?? {}).flatMap((name) => (isLocked(place, name) ? [] : [`${place} → ${name}`])),
);
const hosts = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
for (const line of missing) console.error(`not in the lock: ${line}`);
if (hosts.length > 0) console.error(`${hosts.length} entries name the host of a registry`);
process.exit(missing.length + hosts.length === 0 ? 0 : 1);
