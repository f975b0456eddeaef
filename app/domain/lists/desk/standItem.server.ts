import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { shanghaiDay } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { itemByCode } from "./itemValues.server";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_ITEM } from "./machines.server";

/**
 * Somebody read a published item today and it is still right. Twice on one day by the same person is once.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, WRONG_STATE unless published
 */
export async function checkItem(ctx: UseCaseContext, code: string): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const row = await itemByCode(tx, code);
    const isDone =
      row.state === "published" &&
      row.checkedBy === userId &&
      row.checkedAt !== null &&
      shanghaiDay(row.checkedAt) === shanghaiDay(ctx.now());
    if (!isDone)
      await transition(tx, ctx, LIST_ITEM, row, "check", {
        by: "operator",
        set: { checkedAt: ctx.now(), checkedBy: userId },
      });
  });
}

/**
 * Puts an item on the public lists, for the first time or again. Whoever publishes it has read it: it counts
 * as checked. Safe to repeat.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND
 */
export async function publishItem(ctx: UseCaseContext, code: string): Promise<void> {
  const { userId } = requireListKeeper(ctx);

  await inTransaction(ctx, async (tx) => {
    const row = await itemByCode(tx, code);
    if (row.state === "published") return;
    await transition(tx, ctx, LIST_ITEM, row, "publish", {
      by: "operator",
      set: { checkedAt: ctx.now(), checkedBy: userId, updatedAt: ctx.now() },
    });
  });
}

/**
 * Takes an item of another directory into the finder: from now on it is offered to people whom its rule
 * fits. Safe to repeat.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND, WRONG_STATE when retired
 */
export async function takeIntoFinder(ctx: UseCaseContext, code: string): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await itemByCode(tx, code);
    if (!row.inFinder)
      await transition(tx, ctx, LIST_ITEM, row, "take_in", { by: "operator", set: { inFinder: true } });
  });
}

/**
 * Takes an item off the public lists; its history stays. Safe to repeat. @throws {DomainError} NOT_ALLOWED,
 * NOT_FOUND
 */
export async function retireItem(ctx: UseCaseContext, code: string): Promise<void> {
  requireListKeeper(ctx);
  await inTransaction(ctx, async (tx) => {
    const row = await itemByCode(tx, code);
    if (row.state !== "retired")
      await transition(tx, ctx, LIST_ITEM, row, "retire", { by: "operator", set: { updatedAt: ctx.now() } });
  });
}
