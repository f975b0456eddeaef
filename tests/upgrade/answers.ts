import { parse } from "csv-parse/sync";
import type postgres from "postgres";

/** A page that a kept demo was asked for: where, as whom, and by which form; and what it told. */
export type Answer = Readonly<{
  page: string;
  at: string;
  who: string | null;
  form?: Readonly<Record<string, string>>;
  facts: readonly string[];
}>;
/** What the pages of a kept demo said, and when they were asked. */
export type Answers = Readonly<{ askedAt: string; answers: readonly Answer[] }>;

/** Where each page stands in this database, and who may see it; the same thing whenever it is asked. */
const PAGES: readonly Readonly<{ page: string; find: string; form?: Readonly<Record<string, string>> }>[] = [
  { page: "the public list", find: "select '/wishes' as at, null as who" },
  {
    page: "one wish",
    find: `select '/wishes/' || n.code as at, null as who from need n join need_line l on l.need_id = n.id
      where n.state = 'published' and n.kind = 'wish' and l.delivered > 0 order by n.code limit 1`,
  },
  {
    page: "one service",
    find: "select '/lists/government/' || code as at, null as who from list_item where list = 'government' and state = 'published' order by code limit 1",
  },
  {
    page: "the finder's answer",
    find: "select '/help-me/finder' as at, null as who",
    form: { age: "72", others: "none", status: "dibao" },
  },
  {
    page: "a donor's gift",
    find: `select '/gifts/' || g.code as at, g.donor_id as who from gift g join pledge p on p.gift_id = g.id
      where p.kind = 'goods' and p.settled > 0 order by g.code limit 1`,
  },
  {
    page: "the store",
    find: "select '/point' as at, user_id as who from role_grant where role = 'storekeeper' and revoked_at is null order by granted_at, id limit 1",
  },
  {
    page: "a caseworker's home",
    find: "select '/field' as at, filed_by as who from need where household_id is not null group by filed_by order by count(*) desc, filed_by limit 1",
  },
  {
    page: "the money book",
    find: "select '/finance/money' as at, user_id as who from role_grant where role = 'finance' and revoked_at is null order by granted_at, id limit 1",
  },
  {
    page: "the auditor's page",
    find: "select '/audit' as at, user_id as who from role_grant where role = 'auditor' and revoked_at is null order by granted_at, id limit 1",
  },
  {
    page: "the money book as a file",
    find: "select '/finance/money.csv' as at, user_id as who from role_grant where role = 'finance' and revoked_at is null order by granted_at, id limit 1",
  },
];

/** The pages of a demo, as this database has them. @throws where one of them has nothing to show */
export async function pagesOf(owner: postgres.Sql): Promise<Omit<Answer, "facts">[]> {
  const pages: Omit<Answer, "facts">[] = [];
  for (const { page, find, form } of PAGES) {
    const [row] = await owner.unsafe<{ at: string; who: string | null }[]>(find);
    if (!row) throw new Error(`the demo has nothing for ${page}`);
    pages.push({ page, ...row, ...(form ? { form } : {}) });
  }

  return pages;
}

/** What people or the city wrote down, as the database has it: titles, names, pseudonyms, services. */
export async function storedWords(owner: postgres.Sql): Promise<ReadonlySet<string>> {
  const columns = await owner<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns c
    where table_schema = 'public' and data_type = 'text' and exists (select 1 from pg_tables where schemaname = 'public' and tablename = c.table_name)`;
  const words = new Set<string>();
  for (const { table, column } of columns) {
    const rows = await owner.unsafe<{ word: string }[]>(
      `select distinct "${column}" as word from "${table}" where "${column}" ~ '[一-龥]' or "${column}" ~ '^[A-Z][0-9A-Z]{7,9}$'`,
    );
    for (const { word } of rows) words.add(word.trim());
  }

  return words;
}

/**
 * The facts of an answer: each code, amount and day that it shows, and each text that stands in the database,
 * so often as it shows them. How they are laid out and with which words of ours is no fact: that may change
 * from version to version, and what a database had said may not.
 */
export function factsOf(body: string, isFile: boolean, stored: ReadonlySet<string>): string[] {
  if (isFile)
    return parse(body, { bom: true, relax_column_count: true })
      .slice(1)
      .map((row) => row.join(" | "));
  const main = /<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? body;
  const texts = main
    .replace(/<(script|style|svg|option)[^>]*>.*?<\/\1>/gs, " ")
    // What React puts between two texts of one sentence.
    .replace(/<!--.*?-->/g, "")
    .split(/<[^>]+>/)
    .map((text) =>
      text
        .replace(/&quot;/g, '"')
        .replace(/&#x27;/g, "'")
        .replace(/&lt;/g, "<")
        .replace(/&gt;/g, ">")
        .replace(/&amp;/g, "&")
        .trim(),
    );
  return texts.flatMap((text) => (stored.has(text) ? [text] : figuresOf(text))).toSorted();
}

/**
 * Codes, amounts, days and hours, phones. A bare number below a hundred counts something on the page, and
 * another layout may leave it out.
 */
const figuresOf = (text: string): string[] =>
  [...text.matchAll(/[A-Z][0-9A-Z]{7,9}\b|¥?\d[\d,.:/年月日-]*/g)]
    .map(([figure]) => figure.replace(/[,.:/-]+$/, ""))
    .filter((figure) => !/^\d{1,2}$/.test(figure));

/**
 * What was told then and is not told now, each as often as it is missing. What is told beyond is none of it.
 */
export function missingFacts(then: readonly string[], now: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const fact of now) left.set(fact, (left.get(fact) ?? 0) + 1);
  return then.filter((fact) => {
    const count = left.get(fact) ?? 0;
    left.set(fact, count - 1);
    return count <= 0;
  });
}
