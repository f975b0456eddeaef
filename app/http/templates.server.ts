import type { UseCaseContext } from "~/domain/kernel/context.server";
import { ownOf } from "~/domain/kernel/own";
import { listColumnsOf } from "~/domain/lists/desk/listColumns";
import { WISH_COLUMNS, type WishColumn } from "~/domain/needs/wishTable";
import { formNames } from "~/domain/reference/queries.server";
import type { MessageKey } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";
import type { ListName } from "~db/schema/directory";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";
import { AGE_BANDS } from "~db/schema/households";

export type TemplateTable = Readonly<{ header: readonly string[]; rows: readonly (readonly string[])[] }>;

const EXAMPLE_WISH: Readonly<Record<WishColumn, string>> = {
  row_key: "",
  title_zh: "想要三盏护眼台灯",
  item_zh: "LED护眼台灯",
  quantity: "3",
  unit_zh: "盏",
  est_value_cny: "450",
  group_zh: "困境儿童",
  town_zh: "石岐街道",
  story_zh: "三个孩子晚上写字，光线暗，想要亮一点的台灯。",
  object_kind: "lamp",
  age_band: "6_to_13",
  household_kind: "household",
  heads: "3",
  pseudonym: "小光",
  sealed_name: "示例姓名",
  sealed_phone: "19900000000",
  sealed_address: "示例路 1 号",
  sealed_village: "示例社区",
};

const EXAMPLE_ENTRY: Readonly<Record<string, string>> = {
  category_zh: "社会救助/生活帮扶",
  name_zh: "独居老人送餐",
  target_group_zh: "60 岁以上的独居老人",
  content_zh: "每天中午送一餐热饭",
  lead_agency_zh: "市民政局",
  provider_type_zh: "镇街社工站",
  situations: "old_age",
  audiences: "older_person",
  papers: "身份证\n户口本",
  phone: "0760-00000000",
  hours: "周一至周五 09:00–17:00",
};

/** A file of wishes to fill in: each column explained, and one example. */
export async function wishTemplate(ctx: UseCaseContext): Promise<TemplateTable> {
  const t = serverT(ctx.locale, ["templates"]);
  const names = await formNames(ctx);
  const known: Readonly<Record<string, readonly string[]>> = {
    unit_zh: names.units.map(({ nameHans }) => nameHans),
    group_zh: names.groups.map(({ nameHans }) => nameHans),
    object_kind: names.kinds.map(({ code, nameHans }) => `${code}（${nameHans}）`),
    age_band: AGE_BANDS,
  };
  const explained = WISH_COLUMNS.map((column) =>
    column === "row_key"
      ? t("templates.explains")
      : t(`templates.${column}`, { known: (known[column] ?? []).join("、") }),
  );
  const example = WISH_COLUMNS.map((column) =>
    column === "row_key" ? t("templates.example") : EXAMPLE_WISH[column],
  );
  return { header: WISH_COLUMNS, rows: [explained, example] };
}

/** A file of one of the two lists to fill in. */
export function listTemplate(ctx: UseCaseContext, list: ListName): TemplateTable {
  const t = serverT(ctx.locale, ["templates"]);
  const known: Readonly<Record<string, readonly string[]>> = {
    situations: LIFE_SITUATIONS,
    audiences: AUDIENCES,
  };
  const columns = listColumnsOf(list).map(([column]) => column);
  const explained = columns.map((column) =>
    t(`templates.${column}` as MessageKey, { known: (known[column] ?? []).join("、") }),
  );
  return {
    header: ["code", ...columns],
    rows: [
      [t("templates.explains"), ...explained],
      [t("templates.example"), ...columns.map((column) => ownOf(EXAMPLE_ENTRY, column) ?? "")],
    ],
  };
}
