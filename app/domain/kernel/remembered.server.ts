import type { Database, UseCaseContext } from "./context.server";

type Asker = Pick<UseCaseContext, "db" | "now">;
type Remembered<T> = Readonly<{ readAt: number; answer: Promise<T> }>;

/**
 * What hardly ever changes, read at most once in so many seconds by each process, however many ask at once.
 * Whoever changes it is read by all once that time has passed; a reading that failed is not remembered.
 */
export function remembered<T>(
  seconds: number,
  read: (db: Database) => Promise<T>,
): (ctx: Asker) => Promise<T> {
  const known = new WeakMap<Database, Remembered<T>>();

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

/** So many questions are remembered at once; what was asked first goes first. */
const MOST_QUESTIONS = 500;

/**
 * What is counted for the public pages, given for so many seconds to all who ask the same, in each process:
 * numbers that move may be that old. From the moment on in which something comes to these pages or leaves
 * them (their version) it is counted anew. Whoever asks for anything but a page for everybody is told what is
 * there now; a reading that failed is not remembered.
 */
export function rememberedInPublic<Asked extends readonly unknown[], T>(
  seconds: number,
  read: (ctx: UseCaseContext, ...asked: Asked) => Promise<T>,
): (ctx: UseCaseContext, ...asked: Asked) => Promise<T> {
  const known = new WeakMap<Database, Map<string, Remembered<T>>>();

  return (ctx, ...asked) => {
    if (ctx.publicVersion === undefined) return read(ctx, ...asked);
    const answers = known.get(ctx.db) ?? new Map<string, Remembered<T>>();
    known.set(ctx.db, answers);
    const key = JSON.stringify([ctx.publicVersion, ...asked]);
    const at = ctx.now().getTime();
    const last = answers.get(key);
    if (last && Math.abs(at - last.readAt) < seconds * 1_000) return last.answer;
    const answer = read(ctx, ...asked);
    answers.delete(key);
    answers.set(key, { readAt: at, answer });
    void answer.catch(() => answers.delete(key));
    for (const oldest of answers.keys()) {
      if (answers.size <= MOST_QUESTIONS) break;
      answers.delete(oldest);
    }

    return answer;
  };
}
