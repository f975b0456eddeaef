import { sql } from "drizzle-orm";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { publicVersions } from "~db/schema/needs";

/**
 * Says that something came to the public pages or left them, in the transaction that does it: from its commit
 * on no copy of a page from before is shown, in any process. Numbers that move do not count. Transactions
 * that call this wait for each other.
 */
export async function publicPagesChanged(tx: Transaction): Promise<void> {
  await tx
    .insert(publicVersions)
    .values({ version: 1 })
    .onConflictDoUpdate({ target: publicVersions.one, set: { version: sql`${publicVersions.version} + 1` } });
}

/** How often that happened so far. */
export async function readPublicVersion(db: Database): Promise<number> {
  const [row] = await question(db).execute();
  return row?.version ?? 0;
}

const question = builtOnce((db) =>
  db.select({ version: publicVersions.version }).from(publicVersions).prepare("public_version"),
);
