import type { TableShape } from "~/domain/kernel/tables/table";
import type { ListName } from "~db/schema/directory";
import type { ItemTexts } from "./itemSchemas";

type Field = keyof ItemTexts;

/**
 * The column of a list's file for the office that answers for an item: by it a file tells which list it is.
 */
export const PROVIDER_COLUMNS: Readonly<Record<ListName, string>> = {
  government: "lead_agency_zh",
  social: "provider_type_zh",
};

const FIRST = {
  category_zh: "category",
  name_zh: "name",
  target_group_zh: "targetGroup",
  content_zh: "content",
} as const satisfies Record<string, Field>;
const MORE = {
  name_hant: "nameHant",
  name_en: "nameEn",
  situations: "situations",
  audiences: "audiences",
  town_codes: "townCodes",
  how_to_apply: "howToApply",
  papers: "papers",
  place: "place",
  phone: "phone",
  hours: "hours",
  url: "url",
} as const satisfies Record<string, Field>;

/**
 * Columns of a list's file beside `code`, in their order, each with what it holds: those of the published
 * list first.
 */
export function listColumnsOf(list: ListName): readonly (readonly [column: string, field: Field])[] {
  const provider = [PROVIDER_COLUMNS[list], "provider"] as const;
  const standard = ["standard_zh", "standard"] as const;
  const first = Object.entries(FIRST);
  return list === "government"
    ? [...first, standard, provider, ...Object.entries(MORE)]
    : [...first, provider, standard, ...Object.entries(MORE)];
}

/** What a cell of an exported list says: codes of lists apart by spaces, papers one a line. */
export function cellOf(item: ItemCells, field: Field): string {
  const value = item[field];
  return typeof value === "string"
    ? value
    : value === null
      ? ""
      : value.join(field === "papers" ? "\n" : " ");
}

type ItemCells = Readonly<Record<Field, string | readonly string[] | null>>;

/** Told by an export, never taken from an import: those have steps of their own. */
export const TOLD_COLUMNS = ["state", "checked_on", "rule"];

/**
 * A file of one of the lists: which one, its provider's column says. What it leaves out of the rest stays as
 * it is.
 */
export const LIST_TABLE: TableShape = {
  columns: [
    "code",
    ...Object.keys(FIRST),
    ...Object.values(PROVIDER_COLUMNS),
    "standard_zh",
    ...Object.keys(MORE),
    ...TOLD_COLUMNS,
  ],
  required: [["code"], ...Object.keys(FIRST).map((column) => [column]), Object.values(PROVIDER_COLUMNS)],
  explained: {
    column: "code",
    words: ["说明", "示例", "說明", "範例", "范例", "例", "explanation", "example"],
  },
  mostRows: 30_000,
};
