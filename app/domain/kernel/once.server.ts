import { sql } from "drizzle-orm";
import { requestKeys } from "~db/schema/kernel";
import { requireUser, type UserActor } from "./actor";
import type { Transaction, UseCaseContext } from "./context.server";
import { DomainError } from "./errors";
import { asJson, insertRows } from "./rows.server";
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

/** What is sent under a key of its own. */
export type KeyedInput = Readonly<{ requestKey: string }> & Readonly<Record<string, unknown>>;

/** A request as its key knows it: whose it is, for which command, and what was typed. */
export type KeyedRequest = Readonly<{
  ctx: UseCaseContext;
  /** The same for two requests under one key. */
  id: string;
  userId: string;
  key: string;
  command: string;
  typed: string;
}>;

/** @param command name of the use case, so that a key cannot be carried from one form to another */
export function keyedRequest(
  { ctx, user: { userId } }: Readonly<{ ctx: UseCaseContext; user: UserActor }>,
  command: string,
  input: KeyedInput,
): KeyedRequest {
  const key = input.requestKey;
  return { ctx, id: `${userId}:${key}`, userId, key, command, typed: encode(input) };
}

const placeOf = ({ id }: KeyedRequest): string => `request_key.result:${id}`;

/** What became of a request: its answer, or a refusal of its own. */
export type Outcome<Answer> = Readonly<{ answer: Answer }> | Readonly<{ refusal: DomainError }>;

type Kept = Pick<typeof requestKeys.$inferSelect, "command" | "inputHash" | "resultSealed">;

function outcomeOf<Answer>(request: KeyedRequest, row: Kept): Outcome<Answer> {
  const { keys } = request.ctx;
  if (row.command !== request.command || !isHashOf(keys, row.inputHash, INPUT, request.typed))
    return { refusal: new DomainError("REQUEST_KEY_REUSED") };
  // The row was written by this same command, so its result has this command's shape.
  return { answer: decode(unseal(keys, placeOf(request), row.resultSealed)) as Answer };
}

/** Of the requests whose keys are kept already, what was answered then, by their ids. */
export async function answeredBefore<Answer>(
  tx: Transaction,
  requests: readonly KeyedRequest[],
): Promise<Map<string, Outcome<Answer>>> {
  const asked = asJson(requests.map(({ id, userId, key }) => ({ id, actor: userId, key })));
  // Each is looked up by itself, by the table's key, however many there are.
  const rows = await tx.execute<Kept & { id: string }>(sql`
    select asked.id, kept.* from jsonb_to_recordset(${asked}::text::jsonb) as asked (id text, actor uuid, key text)
    cross join lateral (
      select command, input_hash as "inputHash", result_sealed as "resultSealed" from request_key
      where actor_id = asked.actor and key = asked.key limit 1) kept`);
  const kept = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    requests.flatMap((request) => {
      const row = kept.get(request.id);
      return row ? [[request.id, outcomeOf<Answer>(request, row)] as const] : [];
    }),
  );
}

/**
 * Keeps what was answered. @throws {AnsweredMeanwhile} when an equal request committed while this one
 * worked
 */
export async function keepAnswers(
  tx: Transaction,
  answered: readonly Readonly<{ request: KeyedRequest; answer: unknown }>[],
): Promise<void> {
  const rows = answered.map(({ request, answer }) => ({
    actorId: request.userId,
    key: request.key,
    command: request.command,
    inputHash: keyedHash(request.ctx.keys, INPUT, request.typed),
    resultSealed: seal(request.ctx.keys, placeOf(request), encode(answer ?? null)),
    createdAt: request.ctx.now(),
  }));
  const kept = await insertRows(tx, requestKeys, rows, {
    unlessThere: [requestKeys.actorId, requestKeys.key],
  });
  if (kept < rows.length) throw new AnsweredMeanwhile();
}

/**
 * For requests that are refused: an equal one may have been faster elsewhere, so that the parcel is handed
 * over already, or the last unit gone. @throws {AnsweredMeanwhile} when so
 */
export async function requireUnanswered(tx: Transaction, refused: readonly KeyedRequest[]): Promise<void> {
  if (refused.length > 0 && (await answeredBefore(tx, refused)).size > 0) throw new AnsweredMeanwhile();
}

/**
 * Does a command once for each request key: the same key with the same input gives the first answer back, the
 * same key with another input is refused. Only successes are remembered, so a refusal may be tried again. Two
 * equal requests at once: the later one gets the first one's answer, also when it was refused only because
 * the first was faster.
 *
 * A form that is sent twice does its work once. What was typed is kept as a keyed hash (a code of six
 * digits is guessed from a plain one), what was answered is sealed: an answer may hold what opens something,
 * as the link of a gift does.
 *
 * The answer must survive JSON (bigint is kept; Date becomes a string, so answer with ids and codes).
 *
 * @throws {DomainError} REQUEST_KEY_REUSED, SIGN_IN_NEEDED
 */
export async function once<Answer>(
  tx: Transaction,
  ctx: UseCaseContext,
  command: string,
  input: KeyedInput,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const request = keyedRequest({ ctx, user: requireUser(ctx.actor) }, command, input);
  const earlier = (await answeredBefore<Answer>(tx, [request])).get(request.id);
  if (earlier) return answerOf(earlier);

  const answer = await work().catch(async (error: unknown) => {
    if (error instanceof DomainError) await requireUnanswered(tx, [request]);
    throw error;
  });
  await keepAnswers(tx, [{ request, answer }]);
  return answer;
}

/** The answer. @throws {DomainError} the refusal, where it is one */
export function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  if ("refusal" in outcome) throw outcome.refusal;
  return outcome.answer;
}

/**
 * Raised inside a transaction to roll it back and run it again (db/client retries it as it does a
 * serialization failure): repeating it finds the first answer.
 */
export class AnsweredMeanwhile extends Error {
  readonly code = "40001";
}
