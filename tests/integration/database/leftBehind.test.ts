import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { startEmbedded } from "~db/embedded";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test(
  "a database server that a SIGKILL left behind is stopped at the next start, and what was written is there",
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-left-"));
    chmodSync(folder, 0o711);
    const dataDir = path.join(folder, "cluster");
    const child = spawn(process.execPath, ["--import", "tsx", "tests/support/embeddedChild.ts", dataDir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    const before = postgres(url, { max: 1, fetch_types: false });
    await before.unsafe("create table kept (word text); insert into kept values ('here')");
    await before.end();
    const pid = Number(readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    expect(isAlive(pid)).toBe(true);

    const server = await startEmbedded({ dataDir, unsafeFast: true });
    try {
      expect(isAlive(pid)).toBe(false);
      const after = postgres(server.superuserUrl, { max: 1, fetch_types: false });
      expect(await after.unsafe("select word from kept")).toEqual([{ word: "here" }]);
      await after.end();
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
