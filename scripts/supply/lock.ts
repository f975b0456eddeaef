import { readFileSync } from "node:fs";

/** One entry of package-lock.json, as far as it is looked at; its key is the place in node_modules. */
export type Locked = Readonly<{
  version?: string;
  name?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  /** Comes within the archive of the package around it, whose hash holds for it too. */
  inBundle?: boolean;
  optionalDependencies?: Readonly<Record<string, string>>;
}>;
export type Lock = Readonly<Record<string, Locked>>;

export const readLock = (file = "package-lock.json"): Lock =>
  (JSON.parse(readFileSync(file, "utf8")) as { packages: Lock }).packages;

/** What a place holds, as `name@version`. */
export const nameOf = (place: string, entry: Locked): string =>
  entry.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);

function isLocked(lock: Lock, from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))) {
    if (lock[`${base === "" ? "" : `${base}/`}node_modules/${name}`]) return true;
    if (base === "") return false;
  }
}

/**
 * What is wrong with a lock: npm may write one without other platforms' binaries, and `npm ci` then fails
 * elsewhere; one that names a registry's host works nowhere else; and of a package without its hash anything
 * is installed that is sent under its name.
 */
export function problemsOf(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([place, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {}).flatMap((name) =>
      isLocked(lock, place, name) ? [] : [`not in the lock: ${place} → ${name}`],
    ),
    ...(entry.resolved === undefined ? [] : [`names the host of a registry: ${place}`]),
    ...(place === "" || entry.inBundle || /^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? "")
      ? []
      : [`has no sha512 of what is installed: ${place}`]),
  ]);
}
