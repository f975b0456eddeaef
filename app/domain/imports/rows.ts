import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import type { ImportKind, RefuseReason, SkipReason } from "~db/schema/importVocabulary";

/**
 * The most new rows that are written at once, in two seconds or three; more are an import that the worker
 * does batch by batch.
 */
export const AT_ONCE = 50;

/** What a row became: a wish or an entry, or why it became none. */
export type Turn = Readonly<
  | { outcome: "made"; needId: string }
  | { outcome: "made"; itemCode: string }
  | { outcome: "skipped"; reason: SkipReason; needId?: string | undefined; itemCode?: string | undefined }
  | { outcome: "refused"; reason: RefuseReason; itemCode?: string | undefined }
>;

/** A row of an import whose turn has come, with what it said as it was kept. */
export type RowInTurn = Readonly<{ id: string; content: unknown }>;
type JobInTurn = Readonly<{ id: string; townCode: string | null }>;

/**
 * How rows of one kind are written: the machinery gives them their turns, and knows nothing of what they say.
 */
export type RowWriter = Readonly<{
  /** Rows that have their turn together; where they cannot be written together, each has it by itself. */
  together: number;
  /** The most rows of a batch. */
  aBatch: number;
  /** Keeps whatever else writes there waiting, to the end of the transaction. */
  hold: (tx: Transaction, job: JobInTurn) => Promise<void>;
  /**
   * Writes these rows, within a savepoint, as whoever imports them. @returns what each became, in their order
   */
  write: (
    tx: Transaction,
    ctx: UseCaseContext,
    job: JobInTurn,
    rows: readonly RowInTurn[],
  ) => Promise<readonly Turn[]>;
  /**
   * Why a row that could not be written was refused, where that is its own fault; undefined for what nobody
   * expected.
   */
  refusalOf: (error: unknown) => RefuseReason | undefined;
}>;

/** Who writes the rows of each kind; the worker names them, so that imports know no context. */
export type Writers = Readonly<Record<ImportKind, RowWriter>>;
