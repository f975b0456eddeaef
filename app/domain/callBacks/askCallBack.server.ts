import { eq } from "drizzle-orm";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHashes, seal } from "~/domain/kernel/sealing.server";
import { plusHours } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import { callBacks } from "~db/schema/callBacks";
import { towns } from "~db/schema/reference";
import type { AskCallBackInput } from "./callBackSchemas";
import { CALL_BACK } from "./machine.server";
import { askedPlace } from "./places";

/**
 * Anybody asks to be called back, or written to where they cannot hear, by the caseworkers of a town: within
 * callBackHours. Who they are and what they say is sealed. Safe to repeat with the same request key.
 * @param clientAddress counted, as a keyed hash only, so that nobody floods the queue
 * @returns the code by which they name it
 * @throws {DomainError} NOT_FOUND for no town, TOO_MANY_REQUESTS past callBacksPerHour from one address
 */
export async function askCallBack(
  ctx: UseCaseContext,
  { requestKey, town, name, phone, words, about, askedFor, cannotHear }: AskCallBackInput,
  { clientAddress }: Readonly<{ clientAddress: string }>,
): Promise<{ code: string }> {
  const earlier = await codeOf(ctx, requestKey);
  if (earlier !== undefined) return { code: earlier };
  const [known] = await ctx.db.select({ code: towns.code }).from(towns).where(eq(towns.code, town));
  if (!known) throw new DomainError("NOT_FOUND");
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "call-back", networkOf(clientAddress)),
    windowMinutes: 60,
    most: await limit(ctx.db, ctx, "callBacksPerHour"),
  });

  const code = await inTransaction(ctx, async (tx) => {
    const callBack = { id: requestKey, state: "waiting" as const };
    const asked = { name, phone, words, ...(askedFor === "other" ? { about } : {}) };
    const [added] = await tx
      .insert(callBacks)
      .values({
        ...callBack,
        code: makeCode("C", ctx.randomBytes),
        townCode: town,
        way: cannotHear ? "text" : "call",
        askedFor,
        askedSealed: seal(ctx.keys, askedPlace(callBack.id), JSON.stringify(asked)),
        dueAt: plusHours(ctx.now(), await limit(tx, ctx, "callBackHours")),
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: callBacks.id })
      .returning({ code: callBacks.code });

    if (added) await recordBirth(tx, ctx, CALL_BACK, callBack, "ask", { by: "visitor" });
    return added?.code;
  });
  // Of two presses at once the second finds what the first one asked.
  return { code: code ?? (await codeOf(ctx, requestKey)) ?? "" };
}

async function codeOf(ctx: UseCaseContext, id: string): Promise<string | undefined> {
  const [row] = await ctx.db.select({ code: callBacks.code }).from(callBacks).where(eq(callBacks.id, id));
  return row?.code;
}
