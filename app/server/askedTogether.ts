import { setImmediate as restOfTurn } from "node:timers/promises";

/**
 * One question for all who ask in the same turn of the event loop. Whoever comes while one is under way waits
 * for the next, which begins after they came: an answer is never older than its question.
 */
export function askedTogether<A>(ask: () => Promise<A>): () => Promise<A> {
  let asking: Promise<unknown> = Promise.resolve();
  let next: Promise<A> | undefined;
  const begin = async (): Promise<A> => {
    await asking.catch(() => undefined);
    await restOfTurn();
    next = undefined;
    const answer = ask();
    asking = answer;
    return answer;
  };

  return () => (next ??= begin());
}
