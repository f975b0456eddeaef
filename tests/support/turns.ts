/**
 * How many turns the main thread took while this was done. What is done within the thread itself leaves it no
 * more than a few.
 */
export async function turnsDuring<T>(work: () => Promise<T>): Promise<{ turns: number; done: T }> {
  let turns = 0;
  let isDone = false;
  const next = () => {
    turns += 1;
    if (!isDone) setImmediate(next);
  };

  setImmediate(next);
  const done = await work();
  isDone = true;
  return { turns, done };
}
