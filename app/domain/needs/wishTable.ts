import type { TableShape } from "~/domain/kernel/tables/table";

/** Words in `row_key` of the template's own rows. */
export const TEMPLATE_KEYS = { explains: "说明", example: "示例" } as const;

/** The columns of a file of wishes, in the template's order. Of a name and its code either will do. */
export const WISH_COLUMNS = [
  "row_key",
  "title_zh",
  "item_zh",
  "quantity",
  "unit_zh",
  "est_value_cny",
  "group_zh",
  "town_zh",
  "story_zh",
  "object_kind",
  "age_band",
  "household_kind",
  "heads",
  "pseudonym",
  "sealed_name",
  "sealed_phone",
  "sealed_address",
  "sealed_village",
] as const;
export type WishColumn = (typeof WISH_COLUMNS)[number];

export const WISH_TABLE: TableShape = {
  columns: [...WISH_COLUMNS, "unit_code", "group_code"],
  required: [
    ["title_zh"],
    ["item_zh"],
    ["quantity"],
    ["unit_zh", "unit_code"],
    ["est_value_cny"],
    ["group_zh", "group_code"],
    ["town_zh"],
    ["story_zh"],
    ["object_kind"],
    ["sealed_name"],
  ],
  explained: {
    column: "row_key",
    words: [...Object.values(TEMPLATE_KEYS), "說明", "範例", "范例", "例", "example", "explanation"],
  },
  mostRows: 2_000,
};
