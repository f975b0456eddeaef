import { type AppLoadContext, data } from "@remix-run/node";
import { ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { DeadlineError, isDatabaseAway } from "~db/client";
import { patternOf } from "./pattern.server";

type Asked = Readonly<{
  request: Request;
  params: Readonly<Record<string, string | undefined>>;
  context: AppLoadContext;
}>;

/**
 * Whether this is a database that did not answer, or is not there. Whoever looks after the portal is told of
 * it, under `database` in the log.
 */
export function isAway(error: unknown, args: Asked): boolean {
  if (!(error instanceof DeadlineError) && !isDatabaseAway(error)) return false;
  args.context.runtime.ports.faults.rowsFailed("database", [{ id: patternOf(args), error }]);
  return true;
}

/**
 * Reads what every page needs first: who asks, and where. While the database is away the page says that in
 * words. @throws the answer, with 503
 */
export async function orAway<T>(args: Asked, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isAway(error, args)) throw error;
    const { status, message } = ERROR_CATALOGUE.DATABASE_AWAY;
    throw data({ refusal: message }, { status });
  }
}
