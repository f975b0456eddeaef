import type { Writers } from "~/domain/imports/rows";
import { itemRows } from "~/domain/lists/imports/itemRows.server";
import { WISH_ROWS } from "~/domain/needs/imports/wishRows.server";

/** Who writes what of each kind. */
export const IMPORT_WRITERS: Writers = {
  wishes: WISH_ROWS,
  list_file: itemRows("list_file"),
  hsds: itemRows("hsds"),
};
