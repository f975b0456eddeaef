import { max, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { listItems, listRules, type ListName } from "~db/schema/directory";
import type { AddItemInput, ItemTexts } from "./itemSchemas";
import { itemValues, knownTowns } from "./itemValues.server";
import { requireKeeper } from "./keeper.server";
import { LIST_ITEM, LIST_RULE } from "./machines.server";

/**
 * A new entry as a draft: nobody sees it before it is published. Its rule says "ask" until somebody writes one.
 * Safe to repeat with the same request key.
 * @throws {DomainError} NOT_ALLOWED, ENTRY_CODE_TAKEN, REQUEST_KEY_REUSED
 */
export async function addItem(ctx: UseCaseContext, input: AddItemInput): Promise<{ code: string }> {
  requireKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "addItem", input, async () => {
      const { code, list, ownerId, requestKey: _key, ...texts } = input;
      await lockNumbers(tx);
      await insertItem(tx, ctx, { code, list, texts, ownerId });
      return { code };
    }),
  );
}

/** New entries queue behind each other, so that no number is given twice. Take it before any other lock on entries. */
export const lockNumbers = (tx: Transaction) => tx.execute(sql`lock table list_item in share row exclusive mode`);

/** The rows of a new entry and of its first rule, each with its birth in the journal. @throws {DomainError} ENTRY_CODE_TAKEN */
export async function insertItem(
  tx: Transaction,
  ctx: UseCaseContext,
  { code, list, texts, ownerId }: { code: string; list: ListName; texts: ItemTexts; ownerId?: string | undefined },
): Promise<void> {
  const { userId } = requireKeeper(ctx);
  await knownTowns(tx, texts.townCodes);
  const [last] = await tx.select({ number: max(listItems.number), sort: max(listItems.sort) }).from(listItems);
  const item = { id: ctx.newId(), state: "draft" as const };
  const added = await tx
    .insert(listItems)
    .values({
      ...item,
      ...itemValues(texts),
      code,
      list,
      ownerId: ownerId ?? null,
      number: (last?.number ?? 0) + 1,
      sort: (last?.sort ?? 0) + 1,
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    })
    .onConflictDoNothing({ target: listItems.code })
    .returning({ id: listItems.id });
  if (added.length === 0) throw new DomainError("ENTRY_CODE_TAKEN");
  await recordBirth(tx, ctx, LIST_ITEM, item, "add", { by: "operator", data: { code } });
  const rule = { id: ctx.newId(), state: "approved" as const };
  await tx.insert(listRules).values({ ...rule, itemCode: code, edition: 1, kind: "ask", cases: [], draftedBy: userId, effectiveFrom: ctx.now(), createdAt: ctx.now() });
  await recordBirth(tx, ctx, LIST_RULE, rule, "open", { by: "operator", data: { item: code, edition: 1, kind: "ask" } });
}
