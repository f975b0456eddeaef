import type { Page } from "@playwright/test";
import { expect } from "../support";
import { ask } from "./rows";

/** As somebody would read it who undoes what addresses, forms and JSON do to letters. */
const readable = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_all, digits: string) => String.fromCharCode(parseInt(digits, 16)))
    .replaceAll("+", " ")
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));

/** Those of these words that a text holds, as they are or spelt as an address, a form or JSON spells them. */
export const found = (text: string, words: readonly string[]): string[] =>
  words.filter((word) => text.includes(word) || readable(text).includes(word));

/** Which of these words stand in clear in which tables, of all that the database holds. */
export async function lyingInClear(words: (table: string) => readonly string[]): Promise<string[]> {
  const tables = await ask<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  expect(tables.length).toBeGreaterThan(60);
  const lying: string[] = [];
  for (const { name } of tables) {
    const [row] = await ask<{ text: string | null }>(
      `select string_agg(t::text, ' ') as text from "${name}" t`,
    );
    lying.push(...found(row?.text ?? "", words(name)).map((word) => `${name}: ${word}`));
  }

  return lying;
}

/** One answer, following redirects step by step, so that each address on the way is known. */
export async function read(page: Page, start: string, addresses: string[]): Promise<string> {
  for (let path = start; ;) {
    addresses.push(path);
    const answer = await page.request.get(path, { maxRedirects: 0 });
    const to = answer.headers()["location"];
    if (to === undefined) return answer.text();
    path = to;
  }
}

/** The page, what its links lead to, and what travels to the script alone. */
export async function everythingFrom(
  page: Page,
  start: string,
  addresses: string[],
): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const open = async (path: string) => {
    if (!pages.has(path)) pages.set(path, await read(page, path, addresses));
  };

  await open(start);
  if (start.endsWith(".csv")) return pages;
  const [path, query] = start.split("?");
  await open(`${path === "/" ? "/_root" : (path ?? "")}.data${query === undefined ? "" : `?${query}`}`);
  await page.goto(start);
  const links = await page
    .locator("main a[href^='/']")
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href") ?? ""));
  for (const link of new Set(links.slice(0, 12))) await open(link);
  return pages;
}
