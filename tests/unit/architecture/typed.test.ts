import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const SCHEMAS = "app/domain/needs/schemas.ts";

const rulesBroken = async (code: string, filePath = SCHEMAS): Promise<number> => {
  const [result] = await new ESLint().lintText(`import { z } from "zod";\n${code}\n`, { filePath });
  return (result?.messages ?? []).filter(
    ({ ruleId }) => ruleId === "no-restricted-syntax" || ruleId === "hongxin/no-number-of-text",
  ).length;
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
    "export const I = (list: number[], rows: readonly number[]) => list.push(...rows);",
    "export const J = (rows: readonly number[]) => Math.max(0, ...rows);",
  ];
  for (const code of planted) expect(await rulesBroken(code), code).toBe(1);
  for (const file of [
    "app/domain/needs/imports/importWishes.server.ts",
    "app/ui/shell/roleKey.ts",
    "app/domain/lists/hsds/published.server.ts",
    "app/settings.server.ts",
  ])
    expect(
      await rulesBroken('export const fold = (typed: string) => typed.normalize("NFKD");', file),
      file,
    ).toBe(1);
  expect(await rulesBroken("export const units = (left: bigint) => Number(left);")).toBe(0);
});

test(
  "a table of ours that is asked with a text from anywhere, and a list without an end, are found",
  { timeout: 240_000 },
  async () => {
    const broken = async (code: string, filePath = SCHEMAS) => {
      const [result] = await new ESLint().lintText(`import { z } from "zod";\n${code}\n`, { filePath });
      return (result?.messages ?? []).flatMap(({ ruleId }) =>
        ruleId?.startsWith("hongxin/") === true ? [ruleId.slice("hongxin/".length)] : [],
      );
    };

    const table = "const KINDS = { one: 1, two: 2 } as const;\n";
    for (const code of [
      "export const a = (typed: string) => typed in KINDS;",
      "export const b = (typed: string) => KINDS[typed as keyof typeof KINDS];",
      "const LOOSE: Readonly<Record<string, number>> = KINDS;\nexport const c = (typed: string) => LOOSE[typed];",
      "export const d = (form: FormData, shown: Readonly<Record<string, number>>) => shown[String(form.get('intent'))];",
    ])
      expect(await broken(table + code), code).toEqual(["own-names-only"]);
    expect(
      await broken(
        `${table}export const e = (known: keyof typeof KINDS, list: readonly string[]) => [KINDS[known], list[0], "one" in KINDS];`,
      ),
    ).toEqual([]);
    for (const code of [
      "z.array(z.string())",
      "z.array(z.string()).min(1)",
      "z.string().array()",
      "z.array(z.array(z.string())).max(2)",
    ])
      expect(await broken(`export const A = ${code};`), code).toEqual(["lists-have-an-end"]);
    for (const code of [
      "z.array(z.string()).max(3)",
      "z.array(z.string()).min(1).max(3).optional()",
      "z.array(z.string()).length(3)",
    ])
      expect(await broken(`export const A = ${code};`), code).toEqual([]);
  },
);

test("every field of text shows its limit", () => {
  const pages = readdirSync("app", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".tsx"),
  );
  const fields = pages.flatMap((file) =>
    [...readFileSync(path.join("app", file), "utf8").matchAll(/<TextField\b(.*?)(?<!=)\/>/gs)].map(
      ([, field = ""]) => ({ file, field: field.replace(/\s+/g, " ") }),
    ),
  );
  expect(fields.length).toBeGreaterThan(80);
  // Days, moments, numbers and files have no length; a field whose further props are handed on gets it there.
  const without = fields.filter(
    ({ field }) => !/maxLength|type="(date|datetime-local|file|number)"|\{\.\.\.(rest|TYPED)/.test(field),
  );
  expect(without.map(({ file, field }) => `${file}: ${field}`)).toEqual([]);
});
