import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const files = execFileSync("git", ["ls-files"], { encoding: "utf8" }).split("\n");
const READ = /^(?:app|db|scripts|docs)\/.*\.(?:tsx?|css|sql|md)$|^(?:tests\/.*\.tsx?|README\.md)$/;

test("code and docs cite pages that are in the repository, and decisions that stand in docs/decisions", () => {
  const pages = new Set(files.filter((file) => file.endsWith(".md")).map((file) => path.basename(file)));
  const decisions = new Set(files.flatMap((file) => /^docs\/decisions\/0*(\d+)-/.exec(file)?.[1] ?? []));
  const cited: string[] = [];
  const wrong: string[] = [];
  for (const file of files.filter((name) => READ.test(name))) {
    const text = readFileSync(file, "utf8");
    for (const [page] of text.matchAll(/\b[\w-]+\.md\b/g))
      (pages.has(page) ? cited : wrong).push(`${file}: ${page}`);
    // A number after the name of a page is a part of it that somebody else has to find.
    for (const [part] of text.matchAll(
      /\((?:decisions|domain|states|words|matching|reliability) \d[\w.]*|; domain \d/g,
    ))
      wrong.push(`${file}: ${part}`);
    for (const [words, number = ""] of text.matchAll(/\bdecision (\d+)\b/gi))
      (decisions.has(number) ? cited : wrong).push(`${file}: ${words}`);
  }

  expect(cited.length).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});

test("every decision says whether it is in force, and since when", () => {
  const decisions = files.filter((file) => /^docs\/decisions\/\d/.test(file));
  const bare = decisions.filter(
    (file) =>
      !/^Status: (?:in force|replaced by decision \d+) · \d{4}-\d{2}-\d{2}$/m.test(
        readFileSync(file, "utf8"),
      ),
  );
  expect(decisions.length).toBeGreaterThan(30);
  expect(bare).toEqual([]);
});
