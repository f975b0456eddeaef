import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transformWithEsbuild } from "vite";

const ASSETS = "build/client/assets";

/**
 * `npm run build`: the Remix build and the thread that reads files beside it, then each script, style and
 * drawing once more as brotli and gzip, as the server hands them out. The small script of every page is
 * copied by the Remix build as it stands: it is made shorter here.
 */
const built = spawnSync(
  process.execPath,
  ["node_modules/@remix-run/dev/dist/cli.js", "vite:build", "--logLevel", "error"],
  { stdio: ["ignore", "ignore", "inherit"] },
);
if (built.status !== 0) process.exit(1);
await build({
  configFile: false,
  publicDir: false,
  logLevel: "error",
  resolve: { alias: { "~db": path.resolve("db"), "~": path.resolve("app") } },
  build: { ssr: "app/server/asideWorker.server.ts", outDir: "build/aside", target: "node20" },
});
for (const name of readdirSync(ASSETS)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const file = path.join(ASSETS, name);
  if (/^moves-.*\.js$/.test(name)) {
    const { code } = await transformWithEsbuild(readFileSync(file, "utf8"), name, { minify: true });
    writeFileSync(file, code);
  }

  const plain = readFileSync(file);
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
  );
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
}
