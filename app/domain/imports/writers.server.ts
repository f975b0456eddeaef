import { entryRows } from "~/domain/directory/imports/entryRows.server";
import { WISH_ROWS } from "~/domain/needs/imports/wishRows.server";
import type { ImportKind } from "~db/schema/importWords";
import type { RowWriter } from "./rows";

/** Who writes what of each kind. */
export const WRITERS: Readonly<Record<ImportKind, RowWriter>> = {
  wishes: WISH_ROWS,
  list_file: entryRows("list_file"),
  hsds: entryRows("hsds"),
};
