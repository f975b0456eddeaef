import { sql } from "drizzle-orm";
import { DeadlineError, isDatabaseAway, within } from "~db/client";
import { requireUser, type UserActor } from "./actor";
import { type Database, inTransaction, type Transaction, type UseCaseContext } from "./context.server";
import {
  answeredBefore,
  answerOf,
  keepAnswers,
  type KeyedInput,
  type KeyedRequest,
  keyedRequest,
  type Outcome,
  requireUnanswered,
} from "./once.server";
import { allSent } from "./rows.server";

/** One request among those that share a transaction. */
export type Asked<Input> = Readonly<{ ctx: UseCaseContext; user: UserActor; input: Input }>;

type Command<Input, Answer, Decided extends Readonly<{ outcome: Outcome<Answer> }>> = Readonly<{
  name: string;
  /**
   * What a request works on, as names. Two transactions under way never share one: who wants it too waits for
   * the next, so nobody is overtaken, and what is stuck holds one connection at most.
   */
  places: (asked: Asked<Input>) => readonly string[];
  /** Reads and locks for all, and decides for each, in the order in which they came. Writes nothing. */
  decide: (tx: Transaction, asked: readonly Asked<Input>[]) => Promise<readonly Decided[]>;
  /** Writes for all that are not refused, what others wait for last. */
  write: (tx: Transaction, decided: readonly Decided[]) => Promise<void>;
}>;

type Waiting<Input, Answer> = Asked<Input> & {
  readonly request: KeyedRequest;
  readonly places: readonly string[];
  readonly settle: (outcome: Outcome<Answer>) => void;
  readonly fail: (error: unknown) => void;
  /** Its shared transaction failed: now it is done by itself. */
  alone: boolean;
};

type Queue<Input, Answer> = { waiting: Waiting<Input, Answer>[]; busy: Set<string>; underWay: number };

const MOST_TOGETHER = 64;
/** So many transactions of one command at a time, of the eight connections that a process has. */
const MOST_UNDER_WAY = 4;
/**
 * The lock_timeout of a set: what holds a row longer is stuck, and nobody's neighbours are kept for it. Done
 * by itself, who wants that row has the lock_timeout of any other.
 */
const LOCK_WAIT_MS = 1_000;

/**
 * A command that many give at once. What arrives while others are under way shares the next transaction, in
 * the order in which it came, so that a crowd costs hardly more than one of them; who comes alone is done at
 * once. Each keeps its own answer or refusal, its request key (as by `once`) and its deadline. Where a
 * transaction of several fails, each of them is done by itself, so that one at fault fails alone.
 *
 * The returned function throws REQUEST_KEY_REUSED, SIGN_IN_NEEDED and the command's own refusals, and
 * {DeadlineError} where there was no answer in time: the outcome is unknown.
 */
export function together<
  Input extends KeyedInput,
  Answer,
  Decided extends Readonly<{ outcome: Outcome<Answer> }>,
>(
  command: Command<Input, Answer, Decided>,
  { deadlineMs = 10_000 }: { deadlineMs?: number } = {},
): (ctx: UseCaseContext, input: Input) => Promise<Answer> {
  const queues = new WeakMap<Database, Queue<Input, Answer>>();

  return async (ctx, input) => {
    const asked = { ctx, user: requireUser(ctx.actor), input };
    const queue = queues.get(ctx.db) ?? { waiting: [], busy: new Set(), underWay: 0 };
    queues.set(ctx.db, queue);
    const places = command.places(asked);
    const outcome = new Promise<Outcome<Answer>>((settle, fail) => {
      const request = keyedRequest(asked, command.name, input);
      queue.waiting.push({ ...asked, request, places, settle, fail, alone: false });
    });
    const mine = queue.waiting.at(-1);
    // What else arrives in this turn of the event loop comes along. Who has to wait for a place is begun by
    // whoever has it: in a rush thousands wait for one line, and none looks through all the others.
    if (!places.some((place) => queue.busy.has(place))) setImmediate(start, queue);
    try {
      return answerOf(await within(deadlineMs, outcome));
    } catch (error) {
      // Nobody waits for it any more: what was not begun is not done.
      if (error instanceof DeadlineError) queue.waiting = queue.waiting.filter((waiting) => waiting !== mine);
      throw error;
    }
  };

  function start(queue: Queue<Input, Answer>): void {
    while (queue.underWay < MOST_UNDER_WAY) {
      const set = takeNext(queue);
      if (set.length === 0) return;
      const places = set.flatMap((waiting) => waiting.places);
      for (const place of places) queue.busy.add(place);
      queue.underWay += 1;
      void perform(queue, set).finally(() => {
        for (const place of places) queue.busy.delete(place);
        queue.underWay -= 1;
        start(queue);
      });
    }
  }

  async function perform(queue: Queue<Input, Answer>, set: readonly Waiting<Input, Answer>[]): Promise<void> {
    const [first] = set;
    if (!first) return;
    try {
      const outcomes = await inTransaction(first.ctx, (tx) => transact(tx, set));

      for (const { request, settle, fail } of set) {
        const outcome = outcomes.get(request.id);
        if (outcome) settle(outcome);
        else fail(new Error(`${command.name} decided nothing for a request`));
      }
    } catch (error) {
      // Tried again, each of them would find the database as far away, and its own time gone.
      if (set.length === 1 || error instanceof DeadlineError || isDatabaseAway(error))
        for (const { fail } of set) fail(error);
      else {
        for (const waiting of set) waiting.alone = true;
        queue.waiting = [...set, ...queue.waiting];
      }
    }
  }

  async function transact(
    tx: Transaction,
    set: readonly Waiting<Input, Answer>[],
  ): Promise<ReadonlyMap<string, Outcome<Answer>>> {
    const [earlier] = await Promise.all([
      answeredBefore<Answer>(
        tx,
        set.map(({ request }) => request),
      ),
      set.length > 1 && tx.execute(sql.raw(`set local lock_timeout = ${LOCK_WAIT_MS}`)),
    ]);
    const fresh = set.filter(({ request }) => !earlier.has(request.id));
    if (fresh.length === 0) return earlier;

    const decided = await command.decide(tx, fresh);
    const both = fresh.flatMap(({ request }, at) => {
      const decision = decided[at];
      return decision ? [{ request, decision, outcome: decision.outcome }] : [];
    });
    const done = both.flatMap(({ request, decision, outcome }) =>
      "answer" in outcome ? [{ request, decision, answer: outcome.answer }] : [],
    );
    const refused = both.filter(({ outcome }) => "refusal" in outcome);

    await allSent([
      keepAnswers(tx, done),
      requireUnanswered(
        tx,
        refused.map(({ request }) => request),
      ),
      command.write(
        tx,
        done.map(({ decision }) => decision),
      ),
    ]);

    return new Map([...earlier, ...both.map(({ request, outcome }) => [request.id, outcome] as const)]);
  }
}

/**
 * The next that can share a transaction, in the order in which they came: none passes somebody who waits for
 * the same. Of two under one key the later one waits for the answer.
 */
function takeNext<Input, Answer>(queue: Queue<Input, Answer>): Waiting<Input, Answer>[] {
  const set = new Map<string, Waiting<Input, Answer>>();
  const taken = new Set(queue.busy);
  const left: Waiting<Input, Answer>[] = [];
  let most = MOST_TOGETHER;

  for (const waiting of queue.waiting) {
    const { request, places, alone } = waiting;
    const joins = alone ? set.size === 0 : set.size < most;

    if (joins && !set.has(request.id) && !places.some((place) => taken.has(place))) {
      set.set(request.id, waiting);
      if (alone) most = 1;
    } else {
      left.push(waiting);
      if (!set.has(request.id)) for (const place of places) taken.add(place);
    }
  }

  queue.waiting = left;
  return [...set.values()];
}
