import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { ServerBuild } from "@remix-run/node";

const JS_LIMIT_BYTES = 100_000;
const CSS_LIMIT_BYTES = 20_000;

/** What every public page makes a phone load, compressed: at most 100 KB of script and 20 KB of styles. */
const { assets } = (await import(path.resolve("build/server/index.js"))) as ServerBuild;
const manifest = assets;
const size = (url: string) => gzipSync(readFileSync(path.join("build/client", url))).length;

const root = manifest.routes["root"];
if (!root) throw new Error("the build has no root route");
let tooHeavy = 0;
for (const route of Object.values(manifest.routes)) {
  const isPublic = /^routes\/(shell|needs|lists|giving|identity)\//.test(route.id);
  if (!isPublic) continue;
  const scripts = new Set([manifest.entry.module, ...manifest.entry.imports, root.module, ...(root.imports ?? []), route.module, ...(route.imports ?? [])]);
  const styles = new Set([...(root.css ?? []), ...(route.css ?? [])]);
  const js = [...scripts].reduce((sum, url) => sum + size(url), 0);
  const css = [...styles].reduce((sum, url) => sum + size(url), 0);
  if (js > JS_LIMIT_BYTES || css > CSS_LIMIT_BYTES) {
    tooHeavy += 1;
    console.error(`${route.id}: ${js} bytes of script, ${css} of styles`);
  }
}
process.exit(tooHeavy === 0 ? 0 : 1);
