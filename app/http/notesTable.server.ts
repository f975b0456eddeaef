import type { Note } from "~/domain/directory/hsds/notes";
import type { Locale } from "~/i18n/locales";
import { serverT } from "~/i18n/messages.server";
import { csvText } from "./csv.server";

/** Everything that was said of the rows of a package, as the text of a CSV file in the reader's words. */
export function notesTable(locale: Locale, notes: readonly Note[]): string {
  const t = serverT(locale, ["hsds"]);
  const rows = notes.map(({ file, row, outcome, code, detail }) => [
    file,
    row === 0 ? "" : String(row),
    t(`hsds.outcome_${outcome}`),
    t(`hsds.note_${code}`),
    detail,
    code,
  ]);
  return csvText(
    [t("hsds.file"), t("hsds.row"), t("hsds.outcome"), t("hsds.what"), t("hsds.detail"), "code"],
    rows,
  );
}
