import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";

const BUILT = "build/server/index.js";

/** Makes the build anew where there is none, or it is older than what it is made of. @throws when it fails */
export function buildIfNeeded(say: (words: string) => void): void {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > Math.max(newest("app"), newest("public"))) return;
  say("正在构建 · Building …");
  const result = spawnSync(process.execPath, ["--import", "tsx", "scripts/build.ts"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (result.status !== 0) throw new Error("the build failed");
}

function newest(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (latest, entry) =>
      entry.isFile() ? Math.max(latest, statSync(`${entry.parentPath}/${entry.name}`).mtimeMs) : latest,
    0,
  );
}
