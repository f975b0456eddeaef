import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Pages whose loader says their title, since it is another one each time; and what is no page of its own. */
const TITLED_BY_LOADER = [
  "lists/finder",
  "lists/item",
  "lists/list",
  "lists/town",
  "needs/list",
  "needs/organisation",
  "needs/wish",
  "shell/home",
];
const NO_PAGES = ["dev/gallery", "shell/locale", "shell/notFound"];

test("every page says in its handle, or by its loader, what the browser's tab calls it", () => {
  const pages = readdirSync("app/routes", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => ({
      page: file.replaceAll(path.sep, "/").replace(/\.tsx$/, ""),
      source: readFileSync(path.join("app/routes", file), "utf8"),
    }))
    .filter(({ source, page }) => source.includes("export default") && !NO_PAGES.includes(page));
  expect(pages.length).toBeGreaterThan(80);
  const without = pages.filter(({ source }) => !/export const handle: PageHandle = \{ title: "/.test(source));
  expect(without.map(({ page }) => page).toSorted()).toEqual(TITLED_BY_LOADER);
  expect(without.filter(({ source }) => !/^ {4,6}title:/m.test(source)).map(({ page }) => page)).toEqual([]);
});
