import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import type { Database } from "~db/client";

/**
 * Ends a process as a machine does that takes its memory back; what the server was still doing for it ends by
 * itself, and is waited for.
 */
export async function kill(child: ChildProcess, db: Database): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  await vi.waitFor(
    async () => {
      const busy = await db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
      );
      expect(busy).toHaveLength(0);
    },
    { timeout: 30_000, interval: 20 },
  );
}
