import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { recordBirth } from "~/domain/kernel/transition.server";
import { charities, organisations } from "~db/schema/organisations";
import { writeRegistration } from "./enterEntry.server";
import { ORGANISATION } from "./machines.server";
import { requireRegisterKeeper } from "./registerKeeper.server";
import type { EnterBodyInput } from "./schemas";

/**
 * Enters an organisation or a charity that the register does not know, with its registration. It counts for
 * nothing before another person approved that. Its credit code is who it is: it never changes. Safe to repeat
 * by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator or admin, CREDIT_CODE_KNOWN, IN_THE_PAST for a
 *   certificate that is over, REQUEST_KEY_REUSED
 */
export async function enterBody(ctx: UseCaseContext, input: EnterBodyInput): Promise<{ bodyId: string }> {
  const { userId, by } = requireRegisterKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "enterBody", input, async () => {
      const { bodyKind, creditCode } = input;
      const bodyId = ctx.newId();
      const state = "applied" as const;
      const added =
        bodyKind === "charity"
          ? await tx
              .insert(charities)
              .values({ id: bodyId, creditCode })
              .onConflictDoNothing()
              .returning({ id: charities.id })
          : await tx
              .insert(organisations)
              .values({ id: bodyId, creditCode, state, createdAt: ctx.now() })
              .onConflictDoNothing()
              .returning({ id: organisations.id });
      if (added.length === 0) throw new DomainError("CREDIT_CODE_KNOWN");
      if (bodyKind === "organisation")
        await recordBirth(tx, ctx, ORGANISATION, { id: bodyId, state }, "enter", {
          by,
          data: { creditCode },
        });
      await writeRegistration(tx, ctx, { id: bodyId, kind: bodyKind, creditCode }, input, { userId, by });
      return { bodyId };
    }),
  );
}
