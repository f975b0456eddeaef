import { importWishes } from "~/domain/needs/imports/importWishes.server";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { aTable } from "./tables";

const HEAD =
  "title_zh,item_zh,quantity,unit_zh,est_value_cny,group_zh,town_zh,story_zh,object_kind,sealed_name,row_key";

/** So many rows of wishes for people that only this test knows, as a file has them. */
export const manyRows = (count: number, whose: string, { kind = "lamp", town = "石岐街道" } = {}): string[] =>
  Array.from(
    { length: count },
    (_, n) =>
      `一盏台灯,护眼台灯,2,盏,300,困境儿童,${town},晚上写字光线暗。,${kind},甄${whose}${n},${whose}${n}`,
  );

/** The bytes of such a file. */
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
