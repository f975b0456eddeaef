import { DomainError } from "./errors";

/**
 * Lets so many pieces of work run at once, and so many wait for their turn, first come first served.
 * @throws {DomainError} TOO_BUSY for whoever comes when that many wait already: at once, with nothing begun
 */
export function makeQueue({
  atOnce,
  waiting,
}: Readonly<{ atOnce: number; waiting: number }>): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const turns: (() => void)[] = [];

  return async (work) => {
    if (running < atOnce) running += 1;
    else if (turns.length >= waiting) throw new DomainError("TOO_BUSY");
    // Whoever ends hands their place on, so that nobody slips in between.
    else await new Promise<void>((resolve) => turns.push(resolve));
    try {
      return await work();
    } finally {
      const next = turns.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
