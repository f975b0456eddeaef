import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";
import { sqlState, violatedConstraint } from "~db/client";

export type Fault = Readonly<{ fault: string; message?: string; statement?: string; sqlState?: string; constraint?: string; frames?: readonly string[]; cause?: Fault }>;

/**
 * What the log may keep of a fault: which statement, which rule and where in our code. Errors of the database carry what people
 * typed in their words, parameters and details: of those no word is kept.
 */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { fault: "unknown" };
  const frames = (error.stack ?? "").split("\n").flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
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
  return { fault: error.name, message: error.message, frames, ...(error.cause === undefined ? {} : { cause: faultOf(error.cause) }) };
}
