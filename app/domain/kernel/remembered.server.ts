import type { Database, UseCaseContext } from "./context.server";

type Asker = Pick<UseCaseContext, "db" | "now">;

/**
 * What hardly ever changes, read at most once in so many seconds by each process, however many ask at once.
 * Whoever changes it is read by all once that time has passed; a reading that failed is not remembered.
 */
export function remembered<T>(
  seconds: number,
  read: (db: Database) => Promise<T>,
): (ctx: Asker) => Promise<T> {
  const known = new WeakMap<Database, Readonly<{ readAt: number; answer: Promise<T> }>>();

  return ({ db, now }) => {
    const last = known.get(db);
    const at = now().getTime();
    if (last && Math.abs(at - last.readAt) < seconds * 1_000) return last.answer;
    // A query of drizzle is asked anew by everybody who waits for it; a promise is asked once.
    const answer = Promise.resolve(read(db));
    known.set(db, { readAt: at, answer });
    void answer.catch(() => known.delete(db));
    return answer;
  };
}
