import { expect, test } from "vitest";
import { licenceProblems } from "../../../scripts/supply/licences";
import { nameOf, problemsOf, readLock } from "../../../scripts/supply/lock";
import { noticeOf } from "../../../scripts/supply/notice";
import { partsOf } from "../../../scripts/supply/parts";

const lock = readLock();
const HASH = `sha512-${"A".repeat(86)}==`;

test("every package is installed by its hash, from whatever registry, on every platform", () => {
  expect(Object.keys(lock).length).toBeGreaterThan(1_000);
  expect(problemsOf(lock)).toEqual([]);
});

test("a package without its hash, with a weaker one, or from one host only is found; what comes within another is that one's", () => {
  const found = (entry: object) => problemsOf({ "": {}, "node_modules/a": { version: "1.0.0", ...entry } });
  expect(found({ integrity: HASH })).toEqual([]);
  expect(found({ inBundle: true })).toEqual([]);
  expect(found({})).toEqual(["has no sha512 of what is installed: node_modules/a"]);
  expect(found({ integrity: "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=" })).toHaveLength(1);
  expect(found({ integrity: HASH, resolved: "https://registry.example/a.tgz" })).toEqual([
    "names the host of a registry: node_modules/a",
  ]);
  expect(found({ integrity: HASH, optionalDependencies: { b: "1" } })).toEqual([
    "not in the lock: node_modules/a → b",
  ]);
  expect(
    problemsOf({ ...lock, "node_modules/zod": { version: lock["node_modules/zod"]?.version ?? "" } }),
  ).toHaveLength(1);
});

test("no package has an unknown licence, or one that forbids handing the portal on; the LGPL only where its files can be exchanged", () => {
  expect(licenceProblems(lock)).toEqual([]);
  const found = (name: string, entry: object) =>
    licenceProblems({ [`node_modules/${name}`]: { version: "1.0.0", ...entry } });
  expect(found("a", {})).toEqual(["a: unknown licence"]);
  expect(found("a", { license: "GPL-3.0" })).toEqual(["a: GPL-3.0"]);
  expect(found("a", { license: "UNLICENSED", dev: true })).toHaveLength(1);
  expect(found("a", { license: "MIT AND GPL-3.0" })).toHaveLength(1);
  expect(found("a", { license: "(GPL-3.0 OR MIT)" })).toEqual([]);
  expect([
    found("a", { license: "MPL-2.0", dev: true }).length,
    found("a", { license: "MPL-2.0" }).length,
  ]).toEqual([0, 1]);
  expect([
    found("@img/sharp-libvips-linux-x64", { license: "LGPL-3.0-or-later" }).length,
    found("a", { license: "LGPL-3.0-or-later" }).length,
  ]).toEqual([0, 1]);
});

test("the notice has every package that goes along with its text, libvips with what is within it, and no tool", () => {
  const notice = noticeOf(lock);
  for (const name of ["sharp 0.", "react 18.", "postgres 3.", "stripe "])
    expect(notice).toContain(`\n${name}`);
  expect(notice).toMatch(/\n@img\/sharp-libvips-\S+ [\d.]+: LGPL-3\.0-or-later/);
  expect(notice).toMatch(/Versions: .*\bvips 8\./);
  expect(notice).not.toMatch(/\n(vitest|eslint|@playwright\/test) /);
  expect(notice).not.toContain(": unknown");
});

test(
  "the list of parts names each package that goes along, with its hash, and no tool",
  { timeout: 120_000 },
  () => {
    const { components, dependencies } = partsOf(lock);
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    const along = Object.entries(lock).flatMap(([place, entry]) =>
      place === "" || entry.dev ? [] : [`${nameOf(place, entry)}@${entry.version ?? ""}`],
    );
    expect([...new Set(along)].filter((one) => !listed.has(one))).toEqual([]);
    expect(along).toEqual(
      expect.arrayContaining([expect.stringMatching(/^react@18/), expect.stringMatching(/^tsx@/)]),
    );
    expect(components.filter(({ hashes }) => (hashes ?? []).length === 0)).toEqual([]);
    expect(components.some(({ name }) => name === "vitest" || name === "eslint")).toBe(false);
    const known = new Set(dependencies.map(({ ref }) => ref));
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn ?? []).filter((ref) => !known.has(ref))).toEqual(
      [],
    );
  },
);
