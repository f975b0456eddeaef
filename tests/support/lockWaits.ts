import type { Sql } from "postgres";
import { expect, vi } from "vitest";

/** Waits until somebody waits for the lock (advisory, or of a table) that this transaction holds. */
export async function lockWaits(
  held: Pick<Sql, "unsafe">,
  kind: "advisory" | "relation" = "advisory",
): Promise<void> {
  const waiting = `select 1 from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = '${kind}' and not l.granted`;
  await vi.waitFor(async () => expect(await held.unsafe(waiting)).toHaveLength(1), {
    timeout: 30_000,
    interval: 20,
  });
}
