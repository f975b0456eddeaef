import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { decideAllocation, proposeAllocation } from "./allocate.server";
import type { ProposeManyInput } from "./schemas";

/** How many of what was ticked were done, and how many could not be any more. */
export type ManyDone = Readonly<{ done: number; refused: number }>;

/**
 * Proposes each pair by itself: what somebody else took meanwhile is counted as refused and keeps none of the
 * others back. Safe to repeat by the request key of each.
 *
 * @throws {DomainError} that of the first, where none could be proposed
 */
export const proposeMany = (
  ctx: UseCaseContext,
  { pairs }: z.infer<typeof ProposeManyInput>,
): Promise<ManyDone> => each(pairs, (pair) => proposeAllocation(ctx, pair));

/**
 * A second person approves each of these proposals by itself, as `decideAllocation` does.
 * @throws {DomainError} that of the first, where none could be approved
 */
export const approveMany = (ctx: UseCaseContext, allocationIds: readonly string[]): Promise<ManyDone> =>
  each([...new Set(allocationIds)], (id) => decideAllocation(ctx, id, "approve"));

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<ManyDone> {
  const refusals: DomainError[] = [];

  for (const item of items)
    try {
      await work(item);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusals.push(error);
    }

  const [first] = refusals;
  if (first && refusals.length === items.length) throw first;
  return { done: items.length - refusals.length, refused: refusals.length };
}
