import { desc, eq, sql } from "drizzle-orm";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { once } from "~/domain/kernel/once.server";
import { type Opened, openedOn, requireUnchanged } from "~/domain/kernel/opened";
import { shanghaiDay } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import { listParameters } from "~db/schema/directory";
import type { ParameterCode } from "~db/schema/factVocabulary";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_PARAMETER } from "./machines.server";
import { parameterText } from "./parameterKinds";
import type { ProposeValueInput } from "./valueSchemas";

/**
 * Proposes a value that rules and amounts use, from a day on; it holds once a second person approved it. The
 * day may lie in the past, as notices often do. Safe to repeat with the same request key.
 * @param version of its form: a proposal that somebody made since it was opened is seen first
 * @throws {DomainError} NOT_ALLOWED, REQUEST_KEY_REUSED, CHANGED_MEANWHILE
 */
export async function proposeValue(
  ctx: UseCaseContext,
  { version, ...input }: ProposeValueInput & Readonly<{ version?: Opened }>,
): Promise<{ id: string }> {
  const { userId } = requireListKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "proposeValue", input, async () => {
      const { code, value, validFrom, source } = input;

      if (version !== undefined) {
        // Of two at once the second waits here, and then sees what the first one proposed. Nothing else asks
        // for this lock.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`list_parameter ${code}`}))`);
        requireUnchanged(version, await lastProposed(tx, code));
      }

      const proposal = { id: ctx.newId(), state: "proposed" as const };

      await tx
        .insert(listParameters)
        .values({ ...proposal, code, value, validFrom, source, proposedBy: userId, createdAt: ctx.now() });

      await recordBirth(tx, ctx, LIST_PARAMETER, proposal, "propose", {
        by: "operator",
        data: { code, value, from: validFrom.toISOString() },
      });

      return { id: proposal.id };
    }),
  );
}

/** The latest proposal for a value, whatever became of it: what a form for another one was opened on. */
async function lastProposed(db: Transaction | UseCaseContext["db"], code: ParameterCode): Promise<string> {
  const [last] = await db
    .select({ id: listParameters.id })
    .from(listParameters)
    .where(eq(listParameters.code, code))
    .orderBy(desc(listParameters.id))
    .limit(1);
  return last?.id ?? "";
}

/** A form for proposing a value: empty, on the proposals there are. @throws {DomainError} NOT_ALLOWED */
export async function emptyProposal(ctx: UseCaseContext, code: ParameterCode) {
  requireListKeeper(ctx);
  return {
    values: { code, value: "", validFrom: "", source: "" },
    opened: openedOn(await lastProposed(ctx.db, code)),
  };
}

/** The latest proposal, as the form for another one would say it. @throws {DomainError} NOT_ALLOWED */
export async function latestProposal(ctx: UseCaseContext, code: ParameterCode) {
  const { opened, values } = await emptyProposal(ctx, code);
  const [last] = await ctx.db
    .select()
    .from(listParameters)
    .where(eq(listParameters.code, code))
    .orderBy(desc(listParameters.id))
    .limit(1);
  if (!last) return { opened, values };
  return {
    opened,
    values: {
      code,
      value: parameterText(code, last.value),
      validFrom: shanghaiDay(last.validFrom),
      source: last.source,
    },
  };
}
