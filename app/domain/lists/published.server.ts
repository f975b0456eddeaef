import { and, eq } from "drizzle-orm";
import type { Database } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { listItems, type ListName } from "~db/schema/directory";

/** A published item of one of the lists. @throws {DomainError} NOT_FOUND also for one that is not public */
export async function publishedItem(db: Database, list: ListName, code: string) {
  const [item] = await db
    .select()
    .from(listItems)
    .where(and(eq(listItems.code, code), eq(listItems.list, list), eq(listItems.state, "published")));
  if (!item) throw new DomainError("NOT_FOUND");
  return item;
}
