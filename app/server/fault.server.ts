import { DrizzleQueryError } from "drizzle-orm";
import type { Logger } from "pino";
import postgres from "postgres";
import { DomainError } from "~/domain/kernel/errors";
import type { FaultPort } from "~/domain/kernel/ports";
import { sqlState, violatedConstraint } from "~db/client";

export type Fault = Readonly<{
  fault: string;
  message?: string;
  statement?: string;
  sqlState?: string;
  constraint?: string;
  frames?: readonly string[];
  cause?: Fault;
}>;

/**
 * What the log may keep of a fault: which statement, which rule and where in our code. Errors of the database
 * carry what people typed in their words, parameters and details: of those no word is kept.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { fault: "unknown" };
  const frames = (error.stack ?? "")
    .split("\n")
    .flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
  if (error instanceof DrizzleQueryError || error instanceof postgres.PostgresError) {
    const state = sqlState(error);
    const constraint = violatedConstraint(error);
    return {
      fault: error.constructor.name,
      ...(error instanceof DrizzleQueryError ? { statement: error.query } : {}),
      ...(state === undefined ? {} : { sqlState: state }),
      ...(constraint === undefined ? {} : { constraint }),
      frames,
    };
  }

  return {
    fault: error.name,
    message: error.message,
    frames,
    ...(error.cause === undefined ? {} : { cause: faultOf(error.cause) }),
  };
}

/** Rows of one run that are named; all are counted. */
const NAMED_ROWS = 10;

/**
 * One line of the log for a run in which rows failed: its name, how many failed, and the first of them with
 * what happened to each.
 */
export const makeFaultPort = (log: Pick<Logger, "error">): FaultPort => ({
  rowsFailed: (work, failed) => {
    log.error({
      work,
      failed: failed.length,
      rows: failed.slice(0, NAMED_ROWS).map(({ id, error }) => ({ id, ...wordless(error) })),
    });
  },
});

/**
 * A mail server repeats the address it refuses, so that of what is thrown outside of us only its kind and its
 * place are kept.
 */
function wordless(error: unknown): Fault {
  const { message: _message, cause: _cause, ...fault } = faultOf(error);
  return error instanceof DomainError ? { ...fault, message: error.code } : fault;
}
