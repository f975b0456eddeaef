/**
 * One question for all who ask at the same moment. Whoever comes while one is under way waits for the next,
 * which begins after they came: an answer is never older than its question.
 */
export function askedTogether<A>(ask: () => Promise<A>): () => Promise<A> {
  let asking: Promise<A> | undefined;
  let next: Promise<A> | undefined;
  const begin = (): Promise<A> =>
    ask().finally(() => {
      asking = next;
      next = undefined;
    });
  return () => {
    if (asking === undefined) return (asking = begin());
    return (next ??= asking.then(begin, begin));
  };
}
