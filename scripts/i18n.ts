import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Converter } from "opencc-js";

const folder = (locale: string) => new URL(`../app/i18n/${locale}/`, import.meta.url);
const toHant = Converter({ from: "cn", to: "hk" });

/** The traditional catalogue of one namespace, made from its simplified source text: only Chinese changes, so the code stays as it is. */
export const traditionalSource = (source: string): string => toHant(source);

export const namespaceFiles = (): string[] => readdirSync(folder("zh-Hans")).filter((file) => file !== "catalogues.ts");

export const sourceOf = (locale: string, file: string): string => readFileSync(new URL(file, folder(locale)), "utf8");

if (process.argv[1]?.endsWith("i18n.ts")) {
  for (const file of namespaceFiles()) writeFileSync(new URL(file, folder("zh-Hant")), traditionalSource(sourceOf("zh-Hans", file)));
}
