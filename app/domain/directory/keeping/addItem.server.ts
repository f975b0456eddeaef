import { max, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { recordBirths } from "~/domain/kernel/transition.server";
import { listItems, listRules, type ListName } from "~db/schema/directory";
import type { AddItemInput, ItemTexts } from "./itemSchemas";
import { itemValues, knownTowns } from "./itemValues.server";
import { requireKeeper } from "./keeper.server";
import { LIST_ITEM, LIST_RULE } from "./machines.server";

/**
 * A new entry as a draft: nobody sees it before it is published. Its rule says "ask" until somebody writes
 * one. Safe to repeat with the same request key.
 * @throws {DomainError} NOT_ALLOWED, ENTRY_CODE_TAKEN, REQUEST_KEY_REUSED
 */
export async function addItem(ctx: UseCaseContext, input: AddItemInput): Promise<{ code: string }> {
  requireKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "addItem", input, async () => {
      const { code, list, ownerId, requestKey: _key, ...texts } = input;
      await lockNumbers(tx);
      await insertItems(tx, ctx, [{ code, list, texts, ownerId }]);
      return { code };
    }),
  );
}

/**
 * New entries queue behind each other, so that no number is given twice. Take it before any other lock on
 * entries.
 */
export const lockNumbers = (tx: Transaction) =>
  tx.execute(sql`lock table list_item in share row exclusive mode`);

type NewEntry = Readonly<{ code: string; list: ListName; texts: ItemTexts; ownerId?: string | undefined }>;

/** So many entries go in one statement. */
const ROWS_AT_ONCE = 500;

/**
 * The rows of new entries and of their first rules, each with its birth in the journal; many in few
 * statements. Call it with the numbers locked.
 * @throws {DomainError} ENTRY_CODE_TAKEN
 */
export async function insertItems(
  tx: Transaction,
  ctx: UseCaseContext,
  entries: readonly NewEntry[],
): Promise<void> {
  requireKeeper(ctx);
  if (entries.length === 0) return;
  await knownTowns(tx, [...new Set(entries.flatMap(({ texts }) => texts.townCodes))]);
  const [last] = await tx
    .select({ number: max(listItems.number), sort: max(listItems.sort) })
    .from(listItems);
  for (let at = 0; at < entries.length; at += ROWS_AT_ONCE)
    await insertSome(tx, ctx, entries.slice(at, at + ROWS_AT_ONCE), {
      number: (last?.number ?? 0) + at,
      sort: (last?.sort ?? 0) + at,
    });
}

async function insertSome(
  tx: Transaction,
  ctx: UseCaseContext,
  entries: readonly NewEntry[],
  last: Readonly<{ number: number; sort: number }>,
): Promise<void> {
  const { userId } = requireKeeper(ctx);
  const items = entries.map(({ code, list, texts, ownerId }, index) => ({
    ...itemValues(texts),
    id: ctx.newId(),
    state: "draft" as const,
    code,
    list,
    ownerId: ownerId ?? null,
    number: last.number + index + 1,
    sort: last.sort + index + 1,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  }));
  const added = await tx
    .insert(listItems)
    .values(items)
    .onConflictDoNothing({ target: listItems.code })
    .returning({ id: listItems.id });
  if (added.length < items.length) throw new DomainError("ENTRY_CODE_TAKEN");
  await recordBirths(
    tx,
    ctx,
    LIST_ITEM,
    "add",
    items.map((row) => ({ row, facts: { by: "operator", data: { code: row.code } } })),
  );

  const rules = items.map(({ code }) => ({
    id: ctx.newId(),
    state: "approved" as const,
    itemCode: code,
    edition: 1,
    kind: "ask" as const,
  }));

  await tx.insert(listRules).values(
    rules.map((rule) => ({
      ...rule,
      cases: [],
      draftedBy: userId,
      effectiveFrom: ctx.now(),
      createdAt: ctx.now(),
    })),
  );

  await recordBirths(
    tx,
    ctx,
    LIST_RULE,
    "open",
    rules.map((row) => ({
      row,
      facts: { by: "operator", data: { item: row.itemCode, edition: row.edition, kind: row.kind } },
    })),
  );
}
