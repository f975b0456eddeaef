import { setTimeout as pause } from "node:timers/promises";

/** Nobody notices so much, and in a crowd most who come in it would have asked the same. */
const TOGETHER_MS = 2;

/**
 * One question for all who ask within a few milliseconds. Whoever comes while one is under way waits for the
 * next, which begins after they came: an answer is never older than its question.
 */
export function askedTogether<A>(ask: () => Promise<A>): () => Promise<A> {
  let asking: Promise<unknown> = Promise.resolve();
  let next: Promise<A> | undefined;
  const begin = async (): Promise<A> => {
    await asking.catch(() => undefined);
    await pause(TOGETHER_MS);
    next = undefined;
    const answer = ask();
    asking = answer;
    return answer;
  };

  return () => (next ??= begin());
}
