import { inArray } from "drizzle-orm";
import { AT_ONCE } from "~/domain/imports/rows";
import { startImport } from "~/domain/imports/startImport.server";
import {
  type Database,
  inTransaction,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import type { ReadTable, RowProblem, TableRow } from "~/domain/kernel/tables/table";
import { plainCode } from "~/domain/kernel/typed/code";
import { folded } from "~/domain/kernel/typed/signs";
import type { ItemContent } from "~/domain/lists/imports/itemContent";
import { writeContents } from "~/domain/lists/imports/writeContents.server";
import { type MessageKey, say } from "~/i18n/messages";
import { listItems, type ListName } from "~db/schema/directory";
import { towns } from "~db/schema/reference";
import { ItemCode, ItemTexts } from "./itemSchemas";
import { changedColumns, type ItemRow, itemValues } from "./itemValues.server";
import { cellOf, listColumnsOf, PROVIDER_COLUMNS } from "./listColumns";
import { requireListKeeper } from "./listKeeper.server";
import { lockNumbers } from "./writeItems.server";

const LIST_FIELDS = new Set(["situations", "audiences", "townCodes"]);

/** A row that adds or changes an item, and by which headings. */
export type RowPlanned = Readonly<{
  row: number;
  code: string;
  name: string;
  isNew: boolean;
  columns: readonly string[];
}>;

/** What is (or would be) new, changed and as it was; with any problem nothing is written. */
export type ImportListsAnswer = Readonly<{
  problems: RowProblem[];
  rows: RowPlanned[];
  added: number;
  changed: number;
  same: number;
  written: boolean;
  /** Where they are too many to be written at once: the import that has begun. */
  jobId?: string;
}>;

type Planned = Readonly<{
  sheetRow: number;
  code: string;
  texts: ItemTexts;
  row: ItemRow | undefined;
  changed: readonly string[];
}>;

/**
 * Imports one list. Every row is read first and every problem told by row and heading; with any problem, or
 * as a try-out, nothing is written. Changed texts become edits, new codes become drafts whose rule says
 * "ask"; what the file does not name, and what reads as it was exported, stays as it is, also where no form
 * would take it (an item of another directory). Up to `AT_ONCE` items are written at once, all or none;
 * for more an import begins, which the worker does batch by batch. A second import of the same file changes
 * nothing.
 * @throws {DomainError} NOT_ALLOWED, CHANGED_MEANWHILE; LISTS_IMPORT_OPEN for many items while others are
 *   being written, REQUEST_KEY_REUSED
 */
export async function importLists(
  ctx: UseCaseContext,
  {
    table,
    write,
    requestKey = ctx.newId(),
  }: {
    table: ReadTable;
    write: boolean;
    /** By it a form that is sent twice begins one import. */ requestKey?: string | undefined;
  },
): Promise<ImportListsAnswer> {
  requireListKeeper(ctx);
  const list = listOf(table);
  if (list === undefined) return answer({ problems: [NO_LIST], items: [] }, "social", false);
  const foreseen = await plan(ctx.db, table, list);
  if (!write || foreseen.problems.length > 0) return answer(foreseen, list, false);
  if (foreseen.items.filter(isDue).length > AT_ONCE)
    return { ...answer(foreseen, list, false), jobId: await begin(ctx, list, table, foreseen, requestKey) };
  return inTransaction(ctx, async (tx) => {
    // New items take their numbers in turn, and of two equal imports the later one finds everything there.
    await lockNumbers(tx);
    const planned = await plan(tx, table, list);
    if (planned.problems.length > 0) return answer(planned, list, false);
    const due = planned.items
      .filter(isDue)
      .map((item) => ({ content: contentOf(item, list), item: item.row }));
    await writeContents(tx, ctx, due, "list_file");
    return answer(planned, list, true);
  });
}

/** What the file says of an item is kept for the worker, with the version that it was compared with. */
function begin(
  ctx: UseCaseContext,
  list: ListName,
  table: ReadTable,
  { items }: Plan,
  requestKey: string,
): Promise<string> {
  const rows = items.map((item) => ({
    row: item.sheetRow,
    ...(isDue(item) ? { content: contentOf(item, list) } : { sameAs: item.code }),
  }));
  return startImport(ctx, {
    kind: "list_file",
    townCode: null,
    rows,
    sent: { list, cells: table.rows.map(({ cells }) => cells) },
    requestKey,
  });
}

const isDue = ({ row, changed }: Planned): boolean => row === undefined || changed.length > 0;

const contentOf = ({ code, texts, row, changed }: Planned, list: ListName): ItemContent =>
  row
    ? { as: "changed", code, version: row.version, values: onlyChanged(itemValues(texts), changed) }
    : { as: "new", values: { ...itemValues(texts), code, list, state: "draft" } };

const NO_LIST: RowProblem = {
  row: 0,
  column: Object.values(PROVIDER_COLUMNS).join(" / "),
  problem: say("desk.importWhichList"),
};

const onlyChanged = <Values extends object>(values: Values, changed: readonly string[]): Partial<Values> =>
  Object.fromEntries(
    Object.entries(values).filter(([column]) => changed.includes(column)),
  ) as Partial<Values>;

/** A file names its list by the column of the office that answers: exactly one of the two. */
function listOf({ columns }: ReadTable): ListName | undefined {
  const named = (Object.keys(PROVIDER_COLUMNS) as ListName[]).filter((list) =>
    columns.includes(PROVIDER_COLUMNS[list]),
  );
  return named.length === 1 ? named[0] : undefined;
}

type Plan = Readonly<{ problems: RowProblem[]; items: Planned[] }>;

function answer({ problems, items }: Plan, list: ListName, written: boolean): ImportListsAnswer {
  const known = items.filter(({ row }) => row !== undefined);
  const same = known.filter(({ changed }) => changed.length === 0).length;
  const rows = items.flatMap(({ sheetRow, code, texts, row, changed }) =>
    row && changed.length === 0
      ? []
      : [
          {
            row: sheetRow,
            code,
            name: texts.name,
            isNew: row === undefined,
            columns: changed.map((field) => columnOf(list, field)),
          },
        ],
  );
  return {
    problems,
    rows,
    added: items.length - known.length,
    changed: known.length - same,
    same,
    written,
  };
}

async function plan(db: Database | Transaction, table: ReadTable, list: ListName): Promise<Plan> {
  const codes = table.rows.map(({ cells }) => plainCode(cells["code"] ?? ""));
  const known = new Map(
    (await db.select().from(listItems).where(inArray(listItems.code, codes))).map((item) => [
      item.code,
      item,
    ]),
  );
  const townCodes = new Set((await db.select({ code: towns.code }).from(towns)).map(({ code }) => code));
  const problems: RowProblem[] = [...table.problems];
  const firstAt = new Map<string, number>();
  const items = table.rows.flatMap((sheetRow, index): Planned[] => {
    const wrong = (column: string, problem: MessageKey, params?: RowProblem["params"]) =>
      problems.push({ row: sheetRow.row, column, problem, ...(params ? { params } : {}) });
    const code = codes[index] ?? "";
    const row = known.get(code);
    const first = firstAt.get(code);
    if (!row && !ItemCode.safeParse(code).success) wrong("code", say("desk.codeWrong"));
    else if (first !== undefined) wrong("code", say("desk.importTwice"), { row: first });
    firstAt.set(code, first ?? sheetRow.row);
    if (row && row.list !== list) wrong("code", say("desk.importOtherList"));
    const texts = textsOf(sheetRow, row, list, wrong);
    if (texts === undefined) return [];
    const changed = row ? changedColumns(row, itemValues(texts)) : [];

    if (changed.includes("townCodes") || !row) {
      const unknown = texts.townCodes.filter((town) => !townCodes.has(town));
      if (unknown.length > 0)
        wrong("town_codes", say("desk.importUnknownTown"), { codes: unknown.join("、") });
    }

    if (row?.state === "retired" && changed.length > 0) wrong("code", say("desk.importRetired"));
    return [{ sheetRow: sheetRow.row, code, texts, row, changed }];
  });
  return { problems, items };
}

const columnOf = (list: ListName, field: string): string =>
  listColumnsOf(list).find(([, name]) => name === field)?.[0] ?? field;

/**
 * What a row says of an item, over what is known of it; only what it says anew is read, and must be right.
 */
function textsOf(
  { cells }: TableRow,
  row: ItemRow | undefined,
  list: ListName,
  wrong: (column: string, problem: MessageKey) => void,
): ItemTexts | undefined {
  const said = new Map(
    listColumnsOf(list).flatMap(([column, field]) => {
      const cell = cells[column];
      if (cell === undefined || (row && sameWords(cell, cellOf(row, field)))) return [];
      return [
        [
          field,
          LIST_FIELDS.has(field)
            ? folded(cell)
                .split(/[\s,;、]+/)
                .filter((word) => word !== "")
            : cell,
        ] as const,
      ];
    }),
  );
  const read = (row ? ItemTexts.partial() : ItemTexts).safeParse(Object.fromEntries(said));

  if (!read.success) {
    for (const issue of read.error.issues)
      wrong(columnOf(list, String(issue.path[0])), asMessage(issue.message));
    return undefined;
  }

  if (!row) return read.data as ItemTexts;
  const newly = Object.fromEntries(
    Object.entries(read.data).filter(([field]) => said.has(field as keyof ItemTexts)),
  );
  // A new name that says nothing of its other forms gets them made anew.
  const renamed = said.has("name")
    ? { nameHant: undefined, ...(row.nameEn === row.name ? { nameEn: undefined } : {}) }
    : {};
  return { ...asTexts(row), ...renamed, ...newly };
}

const sameWords = (cell: string, before: string): boolean =>
  cell.replace(/\r\n?/g, "\n").trim() === before.replace(/\r\n?/g, "\n").trim();

/** An item as its form has it. */
const asTexts = ({ standard, howToApply, place, phone, hours, url, ...row }: ItemRow): ItemTexts => ({
  category: row.category,
  name: row.name,
  nameHant: row.nameHant,
  nameEn: row.nameEn,
  targetGroup: row.targetGroup,
  content: row.content,
  provider: row.provider,
  situations: row.situations,
  audiences: row.audiences,
  townCodes: row.townCodes,
  papers: row.papers,
  standard: standard ?? undefined,
  howToApply: howToApply ?? undefined,
  place: place ?? undefined,
  phone: phone ?? undefined,
  hours: hours ?? undefined,
  url: url ?? undefined,
});

const asMessage = (message: string): MessageKey =>
  /^[a-z]+\.\w+$/i.test(message) ? (message as MessageKey) : say("common.pleaseCheck");
