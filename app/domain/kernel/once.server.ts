import { and, eq } from "drizzle-orm";
import { requestKeys } from "~db/schema/kernel";
import { requireUser } from "./actor";
import type { Transaction, UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import { isHashOf, keyedHash, seal, unseal } from "./sealing.server";

const encode = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === "bigint" ? { $bigint: entry.toString() } : entry,
  );

const INPUT = "request_key.input";

const decode = (text: string): unknown =>
  JSON.parse(text, (_key, entry: unknown) =>
    typeof entry === "object" && entry !== null && "$bigint" in entry && typeof entry.$bigint === "string"
      ? BigInt(entry.$bigint)
      : entry,
  );

/**
 * Does a command once for each request key: the same key with the same input gives the first answer back, the
 * same key with another input is refused. Only successes are remembered, so a refusal may be tried again. Two
 * equal requests at once: the later one gets the first one's answer, also when it was refused only because
 * the first was faster (the parcel is handed over already, the last unit is gone).
 *
 * A form that is sent twice does its work once. What was typed is kept as a keyed hash (a code of six
 * digits is guessed from a plain one), what was answered is sealed: an answer may hold what opens something,
 * as the link of a gift does.
 *
 * The answer must survive JSON (bigint is kept; Date becomes a string, so answer with ids and codes).
 *
 * @param command name of the use case, so that a key cannot be carried from one form to another
 * @throws {DomainError} REQUEST_KEY_REUSED, SIGN_IN_NEEDED
 */
export async function once<Answer>(
  tx: Transaction,
  ctx: UseCaseContext,
  command: string,
  input: Readonly<{ requestKey: string }> & Readonly<Record<string, unknown>>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { userId } = requireUser(ctx.actor);
  const typed = encode(input);
  const place = `request_key.result:${userId}:${input.requestKey}`;
  const mine = and(eq(requestKeys.actorId, userId), eq(requestKeys.key, input.requestKey));
  const [earlier] = await tx.select().from(requestKeys).where(mine);
  if (earlier) return sameRequest(earlier);

  const answer = await work().catch(async (error: unknown) => {
    if (error instanceof DomainError && (await tx.select().from(requestKeys).where(mine)).length > 0)
      throw new AnsweredMeanwhile();
    throw error;
  });
  const claimed = await tx
    .insert(requestKeys)
    .values({
      actorId: userId,
      key: input.requestKey,
      command,
      inputHash: keyedHash(ctx.keys, INPUT, typed),
      resultSealed: seal(ctx.keys, place, encode(answer ?? null)),
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ key: requestKeys.key });
  // An equal request committed while this one worked: undo this one's work; repeating it finds the first
  // answer.
  if (claimed.length === 0) throw new AnsweredMeanwhile();
  return answer;

  function sameRequest(row: typeof requestKeys.$inferSelect): Answer {
    if (row.command !== command || !isHashOf(ctx.keys, row.inputHash, INPUT, typed))
      throw new DomainError("REQUEST_KEY_REUSED");
    // The row was written by this same command, so its result has this command's shape.
    return decode(unseal(ctx.keys, place, row.resultSealed)) as Answer;
  }
}

/**
 * Raised inside a transaction to roll it back and run it again (db/client retries it as it does a
 * serialization failure).
 */
export class AnsweredMeanwhile extends Error {
  readonly code = "40001";
}
