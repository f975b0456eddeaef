import type { Writers } from "~/domain/imports/rows";
import { entryRows } from "~/domain/lists/imports/entryRows.server";
import { WISH_ROWS } from "~/domain/needs/imports/wishRows.server";

/** Who writes what of each kind. */
export const IMPORT_WRITERS: Writers = {
  wishes: WISH_ROWS,
  list_file: entryRows("list_file"),
  hsds: entryRows("hsds"),
};
