import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const SCHEMAS = "app/domain/needs/schemas.ts";

const rulesBroken = async (code: string, filePath = SCHEMAS): Promise<number> => {
  const [result] = await new ESLint().lintText(`import { z } from "zod";\n${code}\n`, { filePath });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === "no-restricted-syntax" || ruleId === "hongxin/no-number-of-text").length;
};

test("a schema that reads what was typed in a way of its own is found", { timeout: 240_000 }, async () => {
  const planted = [
    "export const A = z.coerce.number();",
    "export const B = (typed: string) => Number(typed);",
    "export const C = (typed: string) => +typed;",
    "export const D = (typed: string) => parseInt(typed, 10);",
    "export const E = (typed: string) => Number.parseInt(typed, 10);",
    'export const F = (typed: string) => typed.normalize("NFKC");',
    "export const G = z.iso.date();",
    "export const H = z.email();",
  ];
  for (const code of planted) expect(await rulesBroken(code), code).toBe(1);
  for (const file of ["app/domain/needs/importWishes.server.ts", "app/ui/shell/roleKey.ts", "app/domain/directory/hsds/published.server.ts", "app/settings.server.ts"])
    expect(await rulesBroken('export const fold = (typed: string) => typed.normalize("NFKD");', file), file).toBe(1);
  expect(await rulesBroken("export const units = (left: bigint) => Number(left);")).toBe(0);
});

test("every field of text shows its limit", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  const fields = pages.flatMap((file) =>
    [...readFileSync(path.join("app", file), "utf8").matchAll(/<TextField\b(.*?)(?<!=)\/>/gs)].map(([, field = ""]) => ({ file, field: field.replace(/\s+/g, " ") })),
  );
  expect(fields.length).toBeGreaterThan(80);
  // Days, moments, numbers and files have no length; a field whose further props are handed on gets it there.
  const without = fields.filter(({ field }) => !/maxLength|type="(date|datetime-local|file|number)"|\{\.\.\.(rest|TYPED)/.test(field));
  expect(without.map(({ file, field }) => `${file}: ${field}`)).toEqual([]);
});
