import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { once } from "~/domain/kernel/once.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { listParameters } from "~db/schema/directory";
import { requireKeeper } from "./keeper.server";
import { LIST_PARAMETER } from "./machines.server";
import type { ProposeValueInput } from "./valueSchemas";

/**
 * Proposes a value that rules and amounts use, from a day on; it holds once a second person approved it. The day may lie in
 * the past, as notices often do. Safe to repeat with the same request key.
 * @throws {DomainError} NOT_ALLOWED, REQUEST_KEY_REUSED
 */
export async function proposeValue(ctx: UseCaseContext, input: ProposeValueInput): Promise<{ id: string }> {
  const { userId } = requireKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeValue", input, async () => {
      const { code, value, validFrom, source } = input;
      const proposal = { id: ctx.newId(), state: "proposed" as const };
      await tx.insert(listParameters).values({ ...proposal, code, value, validFrom, source, proposedBy: userId, createdAt: ctx.now() });
      await recordBirth(tx, ctx, LIST_PARAMETER, proposal, "propose", { by: "operator", data: { code, value, from: validFrom.toISOString() } });
      return { id: proposal.id };
    }),
  );
}
