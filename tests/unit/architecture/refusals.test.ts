import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { REFUSED_BY } from "~/domain/kernel/refusedBy.server";

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".server.ts"))
    .map((file) => path.join(folder, file));

/**
 * Exported functions of a context that refuse somebody, but are not async: their refusal is thrown, and no
 * promise of it is made.
 */
function refusingAtOnce(source: string): string[] {
  return [...source.matchAll(/^export function (\w+)\(\s*ctx: UseCaseContext[\s\S]*?^}/gm)].flatMap(
    (match) => (/\brequire[A-Z]\w*\(ctx/.test(match[0]) ? [match[1] ?? ""] : []),
  );
}

test("what asks the database and refuses somebody is async: beside others in Promise.all, a thrown refusal would leave theirs unheard and end the server", () => {
  const all = sources("app/domain");
  expect(all.length).toBeGreaterThan(60);
  // Plain checks, which ask nobody, throw at once.
  expect(
    all
      .flatMap((file) => refusingAtOnce(readFileSync(file, "utf8")))
      .filter((name) => !name.startsWith("require")),
  ).toEqual([]);
  expect(
    refusingAtOnce(
      "export function funds(ctx: UseCaseContext) {\n  requireRole(ctx.actor);\n  return ctx.db;\n}",
    ),
  ).toEqual(["funds"]);
});

test("every constraint that is told in words is one of the schema's, and nobody else asks which one refused", () => {
  const schema = readdirSync("db/schema").map((file) => readFileSync(path.join("db/schema", file), "utf8"));
  const unknown = Object.keys(REFUSED_BY).filter(
    (name) => !schema.some((text) => text.includes(`"${name}"`)),
  );
  expect(unknown).toEqual([]);
  const asking = sources("app/domain").filter((file) =>
    readFileSync(file, "utf8").includes("violatedConstraint"),
  );
  expect(asking).toEqual([path.join("app/domain/kernel/refusedBy.server.ts")]);
});
