import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

export type SeedRow = Readonly<Record<string, string>>;

/** Reads a CSV file of db/seed/data (UTF-8, header row). */
export async function readSeed(file: string): Promise<SeedRow[]> {
  const text = await readFile(fileURLToPath(new URL(`./data/${file}`, import.meta.url)), "utf8");
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}

/** A cell that must be filled. @throws naming the column */
export function cell(row: SeedRow, column: string): string {
  const value = row[column];
  if (value === undefined || value === "") throw new Error(`seed data: column ${column} is empty`);
  return value;
}
