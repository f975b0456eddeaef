import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * `npm run try:nodes`: types, unit tests, a build and a start of the built portal with each version of Node
 * that we promise, as npm brings it, in a folder of its own that goes afterwards. `npm run try:nodes -- 24`
 * tries one. Needs a registry; some minutes for each.
 */
const PROMISED = ["20.19", "22", "24"];
const READY_MS = 300_000;
const wished = process.argv.slice(2);
const versions = wished.length > 0 ? wished : PROMISED;
const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

type Step = Readonly<{ name: string; run: (node: string) => Promise<boolean> | boolean }>;

/**
 * A command of ours with that Node, and first in the way of whatever it starts itself; what it said is shown
 * when it fails.
 */
const withNode = (node: string, args: readonly string[]): boolean => {
  const { status, stdout, stderr } = spawnSync(node, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: envOf(node),
  });
  if (status !== 0) say(`${stdout}${stderr}`.slice(-5_000));
  return status === 0;
};

const envOf = (node: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`,
});

const STEPS: readonly Step[] = [
  { name: "types", run: (node) => withNode(node, ["node_modules/typescript/bin/tsc", "--noEmit"]) },
  {
    name: "unit tests",
    run: (node) => withNode(node, ["node_modules/vitest/vitest.mjs", "run", "--project", "unit"]),
  },
  { name: "build", run: (node) => withNode(node, ["--import", "tsx", "scripts/build.ts"]) },
  { name: "start of the demo", run: starts },
];

/** The demo, fresh, answers that it is ready, shows the list of wishes, and ends at SIGTERM. */
async function starts(node: string): Promise<boolean> {
  const folder = aFolder();
  const port = await freePort();
  const demo = spawn(node, ["--import", "tsx", "scripts/demo.ts"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...envOf(node), DATA_DIR: path.join(folder, "demo"), PORT: String(port) },
  });
  const ended = once(demo, "exit");
  const asked = async (at: string) =>
    (await fetch(`http://127.0.0.1:${port}${at}`).catch(() => undefined))?.status;
  for (
    const until = performance.now() + READY_MS;
    demo.exitCode === null && performance.now() < until && (await asked("/healthz")) !== 200;
  )
    await pause(500);
  const shown = await asked("/wishes");
  demo.kill("SIGTERM");
  const [code] = (await ended) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  return shown === 200 && code === 0;
}

function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-nodes-"));
  // The database's own user has to pass through.
  chmodSync(folder, 0o711);
  return folder;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The Node of that version as npm has it for this machine. @throws when npm does not bring it */
function bring(version: string, folder: string): string {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const npm = spawnSync(
    "npm",
    [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      `${name}@${version}`,
    ],
    { encoding: "utf8" },
  );
  const node = path.join(folder, "node_modules", name, "bin/node");
  if (npm.status !== 0 || !existsSync(node))
    throw new Error(`npm did not bring ${name}@${version}: ${npm.stderr.slice(-500)}`);
  return node;
}

const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
say(`package.json promises ${engines.node}; tried: ${versions.join(", ")}`);
let failed = 0;
for (const version of versions) {
  const folder = aFolder();
  try {
    const node = bring(version, folder);
    const is = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
    for (const { name, run } of STEPS) {
      const began = performance.now();
      const ok = await run(node);
      if (!ok) failed += 1;
      say(
        `${ok ? "ok  " : "FAIL"} Node ${is}: ${name} (${Math.round((performance.now() - began) / 1_000)} s)`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exit(failed === 0 ? 0 : 1);
