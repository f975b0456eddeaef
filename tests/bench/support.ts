import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { connect } from "~db/client";
import { type EmbeddedServer, startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";

export const say = (words: string) => {
  process.stdout.write(`${words}\n`);
};

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
/** The value that a share of all values does not pass. */
export const percentile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
export const median = (values: readonly number[]): number => percentile(values, 0.5);
export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

export const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

/**
 * A migrated database with its reference data on a server of its own, gone afterwards. Durable unless a bench
 * measures reading only.
 */
export async function withDatabase<Answer>(
  { durable }: { durable: boolean },
  work: (server: EmbeddedServer) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-bench-"));
  // The server runs as another user when we are root, and must be able to pass through.
  chmodSync(folder, 0o711);
  const server = await startEmbedded({
    dataDir: path.join(folder, "cluster"),
    database: "hongxin",
    unsafeFast: !durable,
  });
  try {
    await migrate(server.ownerUrl, new URL(server.appUrl).username);
    const connection = connect(server.ownerUrl, { max: 1 });
    await seedReference(connection.db, {
      isDemo: true,
      limits: LIMIT_DEFAULTS,
      traditional,
      now: new Date("2026-01-01T00:00:00Z"),
    });
    await connection.close();
    return await work(server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
