import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { bringFonts } from "./fonts";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export type Browser = Readonly<{ executablePath: string; args: string[]; env: Record<string, string> }>;

/**
 * The browser of the journeys: CHROMIUM_PATH if set (a wrong one is an error, never passed over), else one of
 * the system's, else the one that ships in an npm package, with the libraries that it needs.
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
    execFileSync("tar", ["x", "-C", libraries], {
      input: brotliDecompressSync(readFileSync("node_modules/@sparticuz/chromium/bin/al2023.tar.br")),
    });
  }

  const args = chromium.args.filter((arg) => !arg.startsWith("--single-process") && arg !== "--no-zygote");
  const env = { LD_LIBRARY_PATH: path.join(libraries, "lib"), FONTCONFIG_FILE: bringFonts() };
  const executablePath = await chromium.executablePath();
  const missing = missingLibraries(executablePath, env);
  if (missing.length > 0) throw new Error(howToBring(missing));
  return { executablePath, args, env };
}

/** Debian's packages of the libraries that a browser may lack. */
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ["libasound.so.2", "libasound2"],
  ["libatk-1.0.so.0", "libatk1.0-0"],
  ["libatk-bridge-2.0.so.0", "libatk-bridge2.0-0"],
  ["libatspi.so.0", "libatspi2.0-0"],
  ["libcairo.so.2", "libcairo2"],
  ["libcups.so.2", "libcups2"],
  ["libdbus-1.so.3", "libdbus-1-3"],
  ["libdrm.so.2", "libdrm2"],
  ["libexpat.so.1", "libexpat1"],
  ["libfontconfig.so.1", "libfontconfig1"],
  ["libfreetype.so.6", "libfreetype6"],
  ["libgbm.so.1", "libgbm1"],
  ["libgio-2.0.so.0", "libglib2.0-0"],
  ["libglib-2.0.so.0", "libglib2.0-0"],
  ["libgobject-2.0.so.0", "libglib2.0-0"],
  ["libnspr4.so", "libnspr4"],
  ["libnss3.so", "libnss3"],
  ["libnssutil3.so", "libnss3"],
  ["libpango-1.0.so.0", "libpango-1.0-0"],
  ["libudev.so.1", "libudev1"],
  ["libX11.so.6", "libx11-6"],
  ["libxcb.so.1", "libxcb1"],
  ["libXcomposite.so.1", "libxcomposite1"],
  ["libXdamage.so.1", "libxdamage1"],
  ["libXext.so.6", "libxext6"],
  ["libXfixes.so.3", "libxfixes3"],
  ["libxkbcommon.so.0", "libxkbcommon0"],
  ["libXrandr.so.2", "libxrandr2"],
]);

/**
 * The shared libraries that a program asks for and this machine does not have, as `ldd` tells; none where
 * there is no `ldd`.
 */
export function missingLibraries(program: string, env: Readonly<Record<string, string>>): string[] {
  const { error, stdout } = spawnSync("ldd", [program], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return error === undefined ? readLdd(stdout) : [];
}

/** The names of which `ldd` says "not found". */
export const readLdd = (said: string): string[] => [
  ...new Set([...said.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = ""]) => name)),
];

/** One line: what is missing, and the command that brings it. */
export function howToBring(missing: readonly string[]): string {
  const known = [...new Set(missing.map((library) => PACKAGES.get(library) ?? library))];
  return `The browser of the tests lacks ${missing.join(", ")}: apt-get install -y ${known.join(" ")} (or set CHROMIUM_PATH to a browser of your own).`;
}
