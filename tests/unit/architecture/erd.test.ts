import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { erd } from "../../../scripts/erd";

test("docs/erd.md shows the tables as they are", () => {
  expect(readFileSync("docs/erd.md", "utf8"), "run npm run erd").toBe(erd());
});
