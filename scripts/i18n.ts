import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Converter } from "opencc-js";

const folder = (locale: string) => new URL(`../app/i18n/${locale}/`, import.meta.url);
const toHant = Converter({ from: "cn", to: "hk" });

/** Words for which readers of traditional script say something else: characters alone would not be a translation. */
const WORDS: readonly (readonly [string, string])[] = [
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
  ["賬號", "帳號"],
  ["不支持", "不支援"],
  ["週歲", "周歲"],
  ["天后", "天後"],
  ["銷燬", "銷毀"],
  ["聯系", "聯繫"],
  ["“", "「"],
  ["”", "」"],
  ["登錄", "登入"],
  ["打印", "列印"],
  ["郵箱", "電郵"],
  ["鏈接", "連結"],
  ["保存", "儲存"],
  ["搜索", "搜尋"],
  ["信息", "資訊"],
  ["短信", "短訊"],
  ["視頻", "視像"],
  ["默認", "預設"],
  ["屏幕", "螢幕"],
  ["志願者", "義工"],
  ["籤好", "簽好"],
  ["一起籤", "一起簽"],
  ["併發布", "並發佈"],
  ["發布", "發佈"],
];

/** The traditional catalogue of one namespace, made from its simplified source text: only Chinese changes, so the code stays as it is. */
export const traditionalSource = (source: string): string => WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), toHant(source));

export const namespaceFiles = (): string[] => readdirSync(folder("zh-Hans")).filter((file) => file !== "catalogues.ts");

export const sourceOf = (locale: string, file: string): string => readFileSync(new URL(file, folder(locale)), "utf8");

if (process.argv[1]?.endsWith("i18n.ts")) {
  for (const file of namespaceFiles()) writeFileSync(new URL(file, folder("zh-Hant")), traditionalSource(sourceOf("zh-Hans", file)));
}
