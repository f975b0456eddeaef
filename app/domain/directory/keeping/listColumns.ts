import type { ListName } from "~db/schema/directory";
import type { ItemTexts } from "./itemSchemas";

type Field = keyof ItemTexts;

/** The column of a list's file for the office that answers for an entry: by it a file tells which list it is. */
export const PROVIDER_COLUMNS: Readonly<Record<ListName, string>> = { government: "lead_agency_zh", social: "provider_type_zh" };

const FIRST = { category_zh: "category", name_zh: "name", target_group_zh: "targetGroup", content_zh: "content" } as const satisfies Record<string, Field>;
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

/** Columns that a file must have; a file may leave all others out, and what it leaves out stays as it is. */
export const REQUIRED_COLUMNS = ["code", ...Object.keys(FIRST)];

/** Columns of a list's file beside `code`, in their order, each with what it holds: those of the published list first. */
export function columnsOf(list: ListName): readonly (readonly [column: string, field: Field])[] {
  const provider = [PROVIDER_COLUMNS[list], "provider"] as const;
  const standard = ["standard_zh", "standard"] as const;
  const first = Object.entries(FIRST);
  return list === "government" ? [...first, standard, provider, ...Object.entries(MORE)] : [...first, provider, standard, ...Object.entries(MORE)];
}

/** Told by an export, never taken from an import: those have steps of their own. */
export const TOLD_COLUMNS = ["state", "checked_on", "rule"];
