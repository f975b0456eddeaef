import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";

const JS_LIMIT_BYTES = 100_000;
const CSS_LIMIT_BYTES = 20_000;
const CLIENT = "build/client";

/**
 * What every public page makes a phone load, as the files that the server hands out over https (brotli): at
 * most 100 KB of script and 20 KB of styles. One style sheet serves all pages, so all of it counts. The table
 * of all routes is not among them: with lazy route discovery a page carries only its own rows, within the
 * document.
 */
const { assets } = (await import(path.resolve("build/server/index.js"))) as ServerBuild;
const size = (url: string) => statSync(path.join(CLIENT, `${url}.br`)).size;

const root = assets.routes["root"];
if (!root) throw new Error("the build has no root route");
const css = readdirSync(path.join(CLIENT, "assets"))
  .filter((name) => name.endsWith(".css"))
  .reduce((sum, name) => sum + size(`assets/${name}`), 0);
const weights = Object.values(assets.routes).flatMap((route) => {
  if (!/^routes\/(shell|needs|lists|giving|identity)\//.test(route.id)) return [];
  const scripts = new Set([
    assets.entry.module,
    ...assets.entry.imports,
    root.module,
    ...(root.imports ?? []),
    route.module,
    ...(route.imports ?? []),
  ]);
  return [{ id: route.id, js: [...scripts].reduce((sum, url) => sum + size(url), 0) }];
});
const heaviest = weights.reduce((most, page) => (page.js > most.js ? page : most));
process.stdout.write(
  `${weights.length} public pages; the heaviest, ${heaviest.id}: ${heaviest.js} bytes of script; ${css} bytes of styles\n`,
);
const tooHeavy = weights.filter((page) => page.js > JS_LIMIT_BYTES);
for (const page of tooHeavy) console.error(`${page.id}: ${page.js} bytes of script, over ${JS_LIMIT_BYTES}`);
if (css === 0 || css > CSS_LIMIT_BYTES)
  console.error(`${css} bytes of styles, not within ${CSS_LIMIT_BYTES}`);
process.exit(tooHeavy.length === 0 && css > 0 && css <= CSS_LIMIT_BYTES && weights.length > 20 ? 0 : 1);
