import { eq, inArray } from "drizzle-orm";
import type { Transaction } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { listItems } from "~db/schema/directory";
import { towns } from "~db/schema/reference";
import type { ItemTexts } from "./itemSchemas";

export type ItemRow = typeof listItems.$inferSelect;
type Values = Readonly<
  Partial<Omit<ItemRow, "id" | "code" | "number" | "list" | "state" | "version" | "sort">>
>;

/**
 * Texts as they are stored: a name that was not written in traditional characters is made, one not in English
 * falls back.
 */
export function itemValues({
  name,
  nameHant,
  nameEn,
  standard,
  howToApply,
  place,
  phone,
  hours,
  url,
  ...texts
}: ItemTexts) {
  const lines = (text: string) => text.replace(/\r\n?/g, "\n");
  return {
    ...texts,
    targetGroup: lines(texts.targetGroup),
    content: lines(texts.content),
    name,
    nameHant: nameHant ?? traditional(name),
    nameEn: nameEn ?? name,
    standard: standard === undefined ? null : lines(standard),
    howToApply: howToApply === undefined ? null : lines(howToApply),
    place: place ?? null,
    phone: phone ?? null,
    hours: hours ?? null,
    url: url ?? null,
  };
}

/** Names of the columns in which the values differ from the row, in the order of the values. */
export function changedColumns(row: ItemRow, values: Values): (keyof Values)[] {
  const text = (value: unknown) => JSON.stringify(value ?? null);
  return (Object.keys(values) as (keyof Values)[]).filter(
    (column) => text(row[column]) !== text(values[column]),
  );
}

/** The item with this code, whatever its state. @throws {DomainError} NOT_FOUND */
export async function itemByCode(tx: Transaction, code: string): Promise<ItemRow> {
  const [row] = await tx.select().from(listItems).where(eq(listItems.code, code));
  if (!row) throw new DomainError("NOT_FOUND");
  return row;
}

/** Every town that an item names is one of the city's. @throws {DomainError} NOT_FOUND */
export async function knownTowns(tx: Transaction, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const known = await tx
    .select({ code: towns.code })
    .from(towns)
    .where(inArray(towns.code, [...codes]));
  if (new Set(codes).size !== known.length) throw new DomainError("NOT_FOUND");
}
