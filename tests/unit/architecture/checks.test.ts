import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ALL_CHECKS } from "~/domain/checks.server";
import type { Check } from "~/domain/kernel/checks";

test("every invariant that a context writes down is among those that are checked", async () => {
  const files = readdirSync("app/domain", { recursive: true, encoding: "utf8" }).filter((file) =>
    /[\\/]\w*[cC]hecks\.server\.ts$/.test(file),
  );
  const written = await Promise.all(
    files.map(async (file) => {
      const module = (await import(path.resolve("app/domain", file))) as Readonly<Record<string, unknown>>;
      return Object.values(module).flatMap((value) => (Array.isArray(value) ? (value as Check[]) : []));
    }),
  );
  const names = written.flat().map(({ name }) => name);
  expect(names.length).toBeGreaterThan(60);
  const checked = new Set(ALL_CHECKS.map(({ name }) => name));
  expect(names.filter((name) => !checked.has(name))).toEqual([]);
  expect(ALL_CHECKS.length).toBe(checked.size);
});
