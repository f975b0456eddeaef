import type { Note } from "~/domain/lists/hsds/notes";
import type { Locale } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { csvText } from "./csv.server";

/** Everything that was said of the rows of a package, as the text of a CSV file in the reader's words. */
export function notesTable(locale: Locale, notes: readonly Note[]): string {
  const { header, cellsOf } = notesShape(locale);
  return csvText(header, notes.map(cellsOf));
}

/** The same as a table that is sent part by part: its headings, and a note as its cells. */
export function notesShape(locale: Locale) {
  const t = serverT(locale, ["hsds"]);
  return {
    header: [t("hsds.file"), t("hsds.row"), t("hsds.outcome"), t("hsds.what"), t("hsds.detail"), "code"],
    cellsOf: ({ file, row, outcome, code, detail }: Note): string[] => [
      file,
      row === 0 ? "" : String(row),
      t(`hsds.outcome_${outcome}`),
      t(`hsds.note_${code}`),
      detail,
      code,
    ],
  };
}
