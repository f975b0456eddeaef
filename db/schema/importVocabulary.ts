/**
 * What a file holds: many wishes of one town, one of the two lists as a table, or services of another
 * directory.
 */
export const IMPORT_KINDS = ["wishes", "list_file", "hsds"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_STATES = ["waiting", "running", "done", "stopped", "failed"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What becomes of a row: `left` where the import ended before its turn. */
export const ROW_OUTCOMES = ["waiting", "made", "skipped", "refused", "left"] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/**
 * Why a row is left out: it was imported before, another file brought the very same, its key came before with
 * other content, or it stands in the file twice.
 */
export const SKIP_REASONS = ["already", "elsewhere", "changed", "twice"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/**
 * Why a row was refused that read well when the file came: its kind is not taken any more, its entry was
 * changed by somebody else since, or something else of that kind.
 */
export const REFUSE_REASONS = ["kind_refused", "changed_meanwhile", "unexpected"] as const;
export type RefuseReason = (typeof REFUSE_REASONS)[number];

/**
 * Why an import ended early by itself: whoever began it may not import there any more, or batch after batch
 * came to nothing.
 */
export const IMPORT_FAILURES = ["role_ended", "unexpected"] as const;
export type ImportFailure = (typeof IMPORT_FAILURES)[number];
