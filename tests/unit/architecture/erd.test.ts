import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { erd } from "../../../scripts/erd";
import { rolesPage } from "../../../scripts/roles";

test("docs/erd.md shows the tables as they are", async () => {
  expect(readFileSync("docs/erd.md", "utf8"), "run npm run erd").toBe(await erd());
});

test("docs/roles.md says who gets in where, as the table says that the journeys try", () => {
  expect(readFileSync("docs/roles.md", "utf8"), "run npm run roles").toBe(rolesPage());
});
