/** Why a row is refused: nothing of it is taken. */
export const REFUSALS = [
  "unreadable_file",
  "unknown_file",
  "other_letters",
  "old_version",
  "other_ids",
  "too_many",
  "not_a_record",
  "missing_value",
  "bad_value",
  "no_organization",
  "no_such_organization",
  "twice",
  "links_to_nothing",
  "half_schedule",
  "address_without_postal_code",
  "changed_here",
] as const;

/** What to know of a row that is taken. */
export const WARNINGS = [
  ...([
    "missing_value",
    "bad_value",
    "half_schedule",
    "address_without_postal_code",
    "links_to_nothing",
  ] as const),
  "value_dropped",
  "unknown_key",
  "nulls_dropped",
  "no_description",
  "no_text",
  "no_category",
  "unknown_term",
  "unknown_area",
  "no_area",
  "age_in_text",
  "not_active",
  "in_the_future",
  "not_kept",
  "retired_here",
  "not_read",
] as const;

type RefusalCode = (typeof REFUSALS)[number];
type WarningCode = (typeof WARNINGS)[number];
export type NoteCode = RefusalCode | WarningCode;

/**
 * A row of a file: from 1 as a person counts, the header of a table included. 0 stands for the file as a
 * whole.
 */
export type Origin = Readonly<{ file: string; row: number }>;

export type Note = Origin & Readonly<{ outcome: "warning" | "refused"; code: NoteCode; detail: string }>;

/** How often each thing was said, refusals first and then the most frequent. */
export function tally(notes: readonly Note[]): { outcome: Note["outcome"]; code: NoteCode; n: number }[] {
  const counts = new Map<string, { outcome: Note["outcome"]; code: NoteCode; n: number }>();

  for (const { outcome, code } of notes) {
    const key = `${outcome} ${code}`;
    counts.set(key, { outcome, code, n: (counts.get(key)?.n ?? 0) + 1 });
  }

  return [...counts.values()].sort((a, b) => a.outcome.localeCompare(b.outcome) || b.n - a.n);
}

/** What was said of the rows of one package, each thing once. */
export class Notes {
  private readonly said = new Map<string, Note>();
  private readonly refused = new Set<string>();

  warn = ({ file, row }: Origin, code: WarningCode, detail = ""): void =>
    this.add({ file, row, outcome: "warning", code, detail });
  refuse = ({ file, row }: Origin, code: RefusalCode, detail = ""): void =>
    this.add({ file, row, outcome: "refused", code, detail });

  private add(note: Note): void {
    const key = JSON.stringify([note.file, note.row, note.outcome, note.code, note.detail]);
    if (!this.said.has(key)) this.said.set(key, note);
    if (note.outcome === "refused") this.refused.add(placeOf(note));
  }

  /** What was said so far is not worth saying. */
  forget(): void {
    this.said.clear();
    this.refused.clear();
  }

  isRefused = (origin: Origin): boolean => this.refused.has(placeOf(origin));

  /** By file and row, refusals first. */
  all(): Note[] {
    const first = (note: Note) => (note.outcome === "refused" ? 0 : 1);
    return [...this.said.values()].sort(
      (a, b) => first(a) - first(b) || a.file.localeCompare(b.file) || a.row - b.row,
    );
  }

  /** How many rows (not files) are refused, and how many are taken with a warning. */
  counts(): { refused: number; warned: number } {
    const rows = new Set([...this.said.values()].filter((note) => note.row > 0).map(placeOf));
    const refused = [...rows].filter((row) => this.refused.has(row)).length;
    return { refused, warned: rows.size - refused };
  }
}

const placeOf = ({ file, row }: Origin): string => `${row} ${file}`;
