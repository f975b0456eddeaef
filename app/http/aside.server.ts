import { readTable, type TableFile } from "~/domain/kernel/tables/readTable.server";
import type { TableReading, TableShape } from "~/domain/kernel/tables/table";

/** Reads a table. */
export const readTableAside = (file: TableFile, shape: TableShape): Promise<TableReading> => Promise.resolve(readTable(file, shape));
