import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Debian puts it beside its server and not on the path. */
const PLACES = [
  "pgbench",
  ...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`),
];

/** @throws in one line where there is no pgbench */
export function findPgbench(): string {
  const found = PLACES.find((place) => spawnSync(place, ["--version"]).status === 0);
  if (found === undefined)
    throw new Error(
      "This bench needs pgbench: install Debian's package postgresql (or postgresql-contrib), and run it again.",
    );
  return found;
}

type Run = Readonly<{
  url: string;
  script?: string;
  clients: number;
  seconds: number;
  variables?: Readonly<Record<string, number>>;
  mode?: "prepared" | "simple";
}>;

/**
 * Runs of a script (or of TPC-B where there is none): how many a second, and how many in all. @throws when
 * one of them failed
 */
export function pgbench(
  program: string,
  { url, script, clients, seconds, variables = {}, mode = "prepared" }: Run,
): { perSecond: number; runs: number } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-pgbench-"));
  try {
    const file = path.join(folder, "script.sql");
    if (script !== undefined) writeFileSync(file, script);
    const named = Object.entries(variables).flatMap(([name, value]) => ["-D", `${name}=${value}`]);
    const args = [
      "-n",
      "-M",
      mode,
      "-c",
      String(clients),
      "-j",
      "2",
      "-T",
      String(seconds),
      ...named,
      ...(script === undefined ? [] : ["-f", file]),
      url,
    ];
    const { stdout, stderr, status } = spawnSync(program, args, {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
    const runs = /number of transactions actually processed: (\d+)/.exec(stdout)?.[1];
    const failed = /number of failed transactions: ([1-9]\d*)/.exec(stdout)?.[1];
    if (status !== 0 || tps === undefined || runs === undefined || failed !== undefined)
      throw new Error(`pgbench failed: ${failed ?? ""} ${stderr.slice(0, 2_000)}`);
    return { perSecond: Number(tps), runs: Number(runs) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
