import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { anEdge } from "../../support/edge";
import { aFolder } from "../../support/folders";

test("what a build makes is sent as each browser takes it, and says to caches that it comes in several forms", async () => {
  const folder = aFolder("assets");
  mkdirSync(path.join(folder, "assets"));
  const styles = "main{color:black}".repeat(500);
  const file = path.join(folder, "assets/page.css");
  writeFileSync(file, styles);
  writeFileSync(`${file}.br`, brotliCompressSync(styles));
  writeFileSync(`${file}.gz`, gzipSync(styles));
  const { at } = await anEdge({ assets: folder });
  for (const [accept, encoding] of [
    ["gzip, deflate, br", "br"],
    ["gzip", "gzip"],
    ["identity", null],
  ] as const) {
    const answer = await fetch(`${at}/assets/page.css`, { headers: { "Accept-Encoding": accept } });
    expect(await answer.text(), accept).toBe(styles);
    expect(
      ["content-encoding", "vary", "cache-control"].map((name) => answer.headers.get(name)),
      accept,
    ).toEqual([encoding, "Accept-Encoding", "public, max-age=31536000, immutable"]);
  }
});
