import { inArray } from "drizzle-orm";
import {
  inTransaction,
  type Database,
  type Transaction,
  type UseCaseContext,
} from "~/domain/kernel/context.server";
import type { RowProblem, Table, TableRow } from "~/domain/kernel/tables/table";
import { transitionAll } from "~/domain/kernel/transition.server";
import { plainCode } from "~/domain/kernel/typed/code";
import { folded } from "~/domain/kernel/typed/signs";
import { say } from "~/i18n/messages";
import type { MessageKey } from "~/i18n/messages";
import { listItems, type ListName } from "~db/schema/directory";
import { towns } from "~db/schema/reference";
import { insertItems, lockNumbers } from "./addItem.server";
import { ItemCode, ItemTexts } from "./itemSchemas";
import { changedColumns, itemValues, type ItemRow } from "./itemValues.server";
import { requireKeeper } from "./keeper.server";
import { cellOf, columnsOf, PROVIDER_COLUMNS } from "./listColumns";
import { LIST_ITEM } from "./machines.server";

const ROWS_AT_ONCE = 500;
const LIST_FIELDS = new Set(["situations", "audiences", "townCodes"]);

/** A row that adds or changes an entry, and by which headings. */
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
 * would take it (an entry of another directory). A second import of the same file changes nothing.
 * @throws {DomainError} NOT_ALLOWED, CHANGED_MEANWHILE
 */
export async function importLists(
  ctx: UseCaseContext,
  { table, write }: { table: Table; write: boolean },
): Promise<ImportListsAnswer> {
  requireKeeper(ctx);
  const list = listOf(table);
  if (list === undefined) return answer({ problems: [NO_LIST], entries: [] }, "social", false);
  if (!write || table.problems.length > 0) return answer(await plan(ctx.db, table, list), list, false);
  return inTransaction(ctx, async (tx) => {
    // New entries take their numbers in turn, and of two equal imports the later one finds everything there.
    await lockNumbers(tx);
    const planned = await plan(tx, table, list);
    if (planned.problems.length > 0) return answer(planned, list, false);
    await insertItems(
      tx,
      ctx,
      planned.entries.flatMap(({ code, texts, row }) => (row ? [] : [{ code, list, texts }])),
    );

    const steps = planned.entries.flatMap(({ row, texts, changed }) =>
      row && changed.length > 0
        ? [
            {
              row,
              step: {
                by: "operator" as const,
                reason: "import",
                data: { changed: changed.join(",") },
                set: { ...onlyChanged(itemValues(texts), changed), updatedAt: ctx.now() },
              },
            },
          ]
        : [],
    );
    for (let at = 0; at < steps.length; at += ROWS_AT_ONCE)
      await transitionAll(tx, ctx, LIST_ITEM, "edit", steps.slice(at, at + ROWS_AT_ONCE));
    return answer(planned, list, true);
  });
}

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
function listOf({ columns }: Table): ListName | undefined {
  const named = (Object.keys(PROVIDER_COLUMNS) as ListName[]).filter((list) =>
    columns.includes(PROVIDER_COLUMNS[list]),
  );
  return named.length === 1 ? named[0] : undefined;
}

type Plan = Readonly<{ problems: RowProblem[]; entries: Planned[] }>;

function answer({ problems, entries }: Plan, list: ListName, written: boolean): ImportListsAnswer {
  const known = entries.filter(({ row }) => row !== undefined);
  const same = known.filter(({ changed }) => changed.length === 0).length;
  const rows = entries.flatMap(({ sheetRow, code, texts, row, changed }) =>
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
    added: entries.length - known.length,
    changed: known.length - same,
    same,
    written,
  };
}

async function plan(db: Database | Transaction, table: Table, list: ListName): Promise<Plan> {
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
  const entries = table.rows.flatMap((sheetRow, index): Planned[] => {
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
  return { problems, entries };
}

const columnOf = (list: ListName, field: string): string =>
  columnsOf(list).find(([, name]) => name === field)?.[0] ?? field;

/**
 * What a row says of an entry, over what is known of it; only what it says anew is read, and must be right.
 */
function textsOf(
  { cells }: TableRow,
  row: ItemRow | undefined,
  list: ListName,
  wrong: (column: string, problem: MessageKey) => void,
): ItemTexts | undefined {
  const said = new Map(
    columnsOf(list).flatMap(([column, field]) => {
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

/** An entry as its form has it. */
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
