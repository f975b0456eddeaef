import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { isStill } from "~/ui/shell/pageHandle";

const JS_LIMIT_BYTES = 100_000;
/** Of a still page: what moves on it besides links and forms. */
const STILL_JS_LIMIT_BYTES = 1_024;
const CSS_LIMIT_BYTES = 20_000;
const CLIENT = "build/client";

/**
 * What every public page makes a phone load, as the files that the server hands out over https (brotli): at
 * most 100 KB of script (a still page: its one small module) and 20 KB of styles. One style sheet serves all
 * pages, so all of it counts. The table of all routes is not among them: with lazy route discovery a page
 * carries only its own rows, within the document.
 */
const { assets, routes } = (await import(path.resolve("build/server/index.js"))) as ServerBuild;
const size = (url: string) => statSync(path.join(CLIENT, `${url}.br`)).size;
const files = readdirSync(path.join(CLIENT, "assets"));
const [small, ...others] = files.filter((name) => /^moves-.*\.js$/.test(name));
if (small === undefined || others.length > 0) throw new Error("the build has not one module of every page");
const ofEveryPage = `assets/${small}`;

const root = assets.routes["root"];
if (!root) throw new Error("the build has no root route");
const css = files
  .filter((name) => name.endsWith(".css"))
  .reduce((sum, name) => sum + size(`assets/${name}`), 0);
const weights = Object.values(assets.routes).flatMap((route) => {
  if (!/^routes\/(shell|needs|lists|giving|identity)\//.test(route.id)) return [];
  if (isStill(routes[route.id]?.module.handle)) return [{ id: route.id, still: true, js: size(ofEveryPage) }];
  const scripts = new Set([
    ofEveryPage,
    assets.entry.module,
    ...assets.entry.imports,
    root.module,
    ...(root.imports ?? []),
    route.module,
    ...(route.imports ?? []),
  ]);
  return [{ id: route.id, still: false, js: [...scripts].reduce((sum, url) => sum + size(url), 0) }];
});
const limitOf = ({ still }: { still: boolean }) => (still ? STILL_JS_LIMIT_BYTES : JS_LIMIT_BYTES);
const heaviest = weights.reduce((most, page) => (page.js > most.js ? page : most));
const still = weights.filter((page) => page.still);
process.stdout.write(
  `${weights.length} public pages, ${still.length} of them still with ${still[0]?.js ?? 0} bytes of script; the heaviest, ${heaviest.id}: ${heaviest.js} bytes of script; ${css} bytes of styles\n`,
);
const tooHeavy = weights.filter((page) => page.js > limitOf(page));
for (const page of tooHeavy) console.error(`${page.id}: ${page.js} bytes of script, over ${limitOf(page)}`);
if (css === 0 || css > CSS_LIMIT_BYTES)
  console.error(`${css} bytes of styles, not within ${CSS_LIMIT_BYTES}`);
const isWhole = weights.length > 20 && still.length > 5;
process.exit(tooHeavy.length === 0 && css > 0 && css <= CSS_LIMIT_BYTES && isWhole ? 0 : 1);
