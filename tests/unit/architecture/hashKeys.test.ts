import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const FILES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => path.join("app", file));

/** A keyed hash asked for by one value: only what the newest key of HASH_KEY made would be found. */
const BY_ONE =
  /\b(?:eq|ne)\(\s*(?:\w+\.(?!trackTokenHash|passwordHash|challengeHash)\w*(?:Hash|importKey|importContent)|rateCounters\.key)\b|\w[hH]ash !?== (?!null|undefined|"")|\b(?:in|In)Array\([^()]*\[?keyedHash\(/;

test("a keyed hash is looked up and compared under every key that stands, never by the newest alone", () => {
  for (const planted of [
    "eq(oneTimeLinks.tokenHash, tokenHash(ctx, token))",
    "row.inputHash !== inputHash",
    "eq(rateCounters.key, key)",
    "inArray(a.codeHash, [keyedHash(ctx.keys, x, y)])",
  ])
    expect(planted).toMatch(BY_ONE);
  expect(FILES.length).toBeGreaterThan(400);
  expect(FILES.filter((file) => BY_ONE.test(readFileSync(file, "utf8")))).toEqual([]);
});
