import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { traditional } from "../app/domain/kernel/typed/traditional.server";

const folder = (locale: string) => new URL(`../app/i18n/${locale}/`, import.meta.url);

/**
 * Words of screens and keyboards, beside those of all prose: elsewhere 文件 is a paper, 設備 a walking frame
 * and 菜單 a menu.
 */
const SCREEN_WORDS: readonly (readonly [string, string])[] = [
  ["主菜單", "主選單"],
  ["菜單", "選單"],
  ["刷新", "重新整理"],
  ["導入", "匯入"],
  ["導出", "匯出"],
  ["文件", "檔案"],
  ["模板", "範本"],
  ["粘貼", "貼上"],
  ["設備", "裝置"],
  ["腳本", "指令碼"],
  ["支持", "支援"],
  ["程序", "程式"],
  ["界面", "介面"],
  ["郵箱", "電郵"],
  ["保存", "儲存"],
  ["搜索", "搜尋"],
  ["默認", "預設"],
];

/**
 * The traditional catalogue of one namespace, made from its simplified source text: only Chinese changes, so
 * the code stays as it is.
 */
export const traditionalSource = (source: string): string =>
  SCREEN_WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), traditional(source));

export const namespaceFiles = (): string[] =>
  readdirSync(folder("zh-Hans")).filter((file) => file !== "catalogues.ts");

export const sourceOf = (locale: string, file: string): string =>
  readFileSync(new URL(file, folder(locale)), "utf8");

if (process.argv[1]?.endsWith("i18n.ts")) {
  for (const file of namespaceFiles())
    writeFileSync(new URL(file, folder("zh-Hant")), traditionalSource(sourceOf("zh-Hans", file)));
}
