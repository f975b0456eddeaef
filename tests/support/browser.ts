import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export type Browser = Readonly<{ executablePath: string; args: string[]; env: Record<string, string> }>;

/**
 * The browser of the journeys: CHROMIUM_PATH if set (a wrong one is an error, never passed over), else one of the system's, else
 * the one that ships in an npm package, with the libraries that it needs.
 */
export async function findBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which is not there.`);
    return { executablePath: given, args: [], env: {} };
  }
  const system = SYSTEM_BROWSERS.find((candidate) => existsSync(candidate));
  if (system !== undefined) return { executablePath: system, args: [], env: {} };
  if (process.platform === "linux" && process.arch === "x64") return fromPackage();
  throw new Error("No Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.");
}

async function fromPackage(): Promise<Browser> {
  const { default: chromium } = await import("@sparticuz/chromium");
  const libraries = path.resolve("node_modules/.cache/chromium-libraries");
  if (!existsSync(path.join(libraries, "lib/libnss3.so"))) {
    mkdirSync(libraries, { recursive: true });
    execFileSync("tar", ["x", "-C", libraries], { input: brotliDecompressSync(readFileSync("node_modules/@sparticuz/chromium/bin/al2023.tar.br")) });
  }
  const args = chromium.args.filter((arg) => !arg.startsWith("--single-process") && arg !== "--no-zygote");
  return { executablePath: await chromium.executablePath(), args, env: { LD_LIBRARY_PATH: path.join(libraries, "lib") } };
}
