import { type Lock, type Locked, nameOf } from "./lock";

/** May be handed on with the portal as long as their text goes along. */
const ALONG = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "Unlicense",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Public Domain",
  // Of fonts: handed on with what uses them, not sold by themselves.
  "OFL-1.1",
]);
/** Tools, which build and test the portal and are not handed on with it, may have these too. */
const OF_TOOLS = new Set(["MPL-2.0", "Python-2.0", "CC-BY-3.0", "CC-BY-4.0"]);
/**
 * Libraries under the LGPL are used as they come, in files of their own that anybody may exchange: libvips,
 * which sharp loads.
 */
const OF_OWN_FILES = new Set(["LGPL-3.0-or-later"]);
const IN_OWN_FILES = /^@img\/sharp-/;

/** Packages that say their licence in an older way, read there once. */
const SAID_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["eval@0.1.8", "MIT"],
  ["format@0.2.2", "MIT"],
  ["require-like@0.1.2", "MIT"],
]);

/** The licence of a package in SPDX's words; undefined when nobody knows it. */
export const licenceOf = (place: string, entry: Locked): string | undefined =>
  entry.license ?? SAID_ELSEWHERE.get(`${nameOf(place, entry)}@${entry.version ?? ""}`);

/** Whether a licence fits: one of `A OR B` is enough, each of `A AND B` is needed. */
const isAllowed = (expression: string, has: (licence: string) => boolean): boolean =>
  expression
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => has(licence.trim())));

/** Packages whose licence is unknown, or forbids what is done with them. */
export function licenceProblems(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([place, entry]) => {
    if (place === "") return [];
    const name = nameOf(place, entry);
    const licence = licenceOf(place, entry);
    if (licence === undefined) return [`${name}: unknown licence`];
    const has = (one: string) =>
      ALONG.has(one) ||
      (entry.dev === true && OF_TOOLS.has(one)) ||
      (IN_OWN_FILES.test(name) && OF_OWN_FILES.has(one));
    return isAllowed(licence, has) ? [] : [`${name}: ${licence}`];
  });
}
