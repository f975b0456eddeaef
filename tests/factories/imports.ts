import { workImports } from "~/domain/imports/workImports.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { importLists } from "~/domain/lists/desk/importLists.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { importWishes } from "~/domain/needs/imports/importWishes.server";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { IMPORT_WRITERS } from "~/worker/importWriters.server";
import { aTable } from "./tables";

/** Lets the worker write whatever is imported. */
export async function workOff(ctx: UseCaseContext): Promise<void> {
  while ((await workImports(ctx, IMPORT_WRITERS)) > 0);
}

const HEAD =
  "title_zh,item_zh,quantity,unit_zh,est_value_cny,group_zh,town_zh,story_zh,object_kind,sealed_name,row_key";

/** So many rows of wishes for people that only this test knows, as a file has them. */
export const manyRows = (count: number, whose: string, { kind = "lamp", town = "石岐街道" } = {}): string[] =>
  Array.from(
    { length: count },
    (_, n) =>
      `一盏台灯,护眼台灯,2,盏,300,困境儿童,${town},晚上写字光线暗。,${kind},甄${whose}${n},${whose}${n}`,
  );

const LIST_HEAD = "code,category_zh,name_zh,target_group_zh,content_zh,provider_type_zh";

/**
 * So many rows of entries of the list of social services, as its file has them: codes in a row from the first
 * number.
 */
export const manyEntries = (
  count: number,
  { from = 10_000, letters = "ZK", content = "每周送菜" } = {},
): string[] =>
  Array.from(
    { length: count },
    (_, n) => `${letters}${from + n},社会救助,第${n}项,独居老人,${content}${n},社区食堂`,
  );

/** The bytes of such a file. */
export const aListOf = (rows: readonly string[]): Buffer =>
  Buffer.from(`\uFEFF${[LIST_HEAD, ...rows].join("\r\n")}`);

/** Imports these entries as somebody. */
export const importEntries = (
  ctx: UseCaseContext,
  rows: readonly string[],
  { requestKey = ctx.newId() } = {},
) =>
  importLists(ctx, {
    table: aTable({ name: "list.csv", bytes: aListOf(rows) }, LIST_TABLE),
    write: true,
    requestKey,
  });

/** The bytes of a file of wishes. */
export const aFileOf = (rows: readonly string[]): Buffer =>
  Buffer.from(`\uFEFF${[HEAD, ...rows].join("\r\n")}`);

/** Imports these rows as somebody, as their file of this name. */
export const importRowsOf = (
  ctx: UseCaseContext,
  rows: readonly string[],
  {
    townCode,
    name = "名单.csv",
    requestKey = ctx.newId(),
  }: { townCode: string; name?: string; requestKey?: string },
) =>
  importWishes(ctx, {
    fileName: name,
    table: aTable({ name, bytes: aFileOf(rows) }, WISH_TABLE),
    townCode,
    write: true,
    requestKey,
  });
