import { inArray } from "drizzle-orm";
import { unguarded } from "~/domain/kernel/cells";
import { inTransaction, type Database, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import type { RowProblem, SheetRow } from "~/domain/kernel/sheet.server";
import { transition } from "~/domain/kernel/transition.server";
import { say } from "~/i18n/messages";
import { listItems, type ListName } from "~db/schema/directory";
import { towns } from "~db/schema/reference";
import { insertItem, lockNumbers } from "./addItem.server";
import { ItemCode, ItemTexts } from "./itemSchemas";
import { changedColumns, itemValues, type ItemRow } from "./itemValues.server";
import { requireKeeper } from "./keeper.server";
import { columnsOf, PROVIDER_COLUMNS, REQUIRED_COLUMNS } from "./listColumns";
import { LIST_ITEM } from "./machines.server";

const MAX_ROWS = 2_000;
const LIST_FIELDS = new Set(["situations", "audiences", "townCodes"]);

/** How many entries are (or would be) new, changed and as they were; with any problem nothing is written. */
export type ImportListsAnswer = Readonly<{ problems: RowProblem[]; added: number; changed: number; same: number; written: boolean }>;

type Planned = Readonly<{ code: string; texts: ItemTexts; row: ItemRow | undefined; changed: readonly string[] }>;

/**
 * Imports one list. Every row is read first and every problem told by row and column; with any problem, or as a dry run,
 * nothing is written. Changed texts become edits, new codes become drafts whose rule says "ask"; what the file does not name
 * stays. A second import of the same file changes nothing.
 * @throws {DomainError} NOT_ALLOWED, CHANGED_MEANWHILE
 */
export async function importLists(ctx: UseCaseContext, { rows, write }: { rows: readonly SheetRow[]; write: boolean }): Promise<ImportListsAnswer> {
  requireKeeper(ctx);
  const list = listOf(rows);
  const unreadable = wholeProblem(rows, list);
  if (list === undefined || unreadable !== undefined) return { problems: [{ row: 0, ...(unreadable ?? NO_LIST) }], added: 0, changed: 0, same: 0, written: false };
  if (!write) return answer(await plan(ctx.db, rows, list), false);
  return inTransaction(ctx, async (tx) => {
    // New entries take their numbers in turn, and of two equal imports the later one finds everything there.
    await lockNumbers(tx);
    const planned = await plan(tx, rows, list);
    if (planned.problems.length > 0) return answer(planned, false);
    for (const { code, texts, row, changed } of planned.entries) {
      if (!row) await insertItem(tx, ctx, { code, list, texts });
      else if (changed.length > 0) {
        await transition(tx, ctx, LIST_ITEM, row, "edit", {
          by: "operator",
          reason: "import",
          data: { changed: changed.join(",") },
          set: { ...itemValues(texts), updatedAt: ctx.now() },
        });
      }
    }
    return answer(planned, true);
  });
}

const NO_LIST = { column: Object.values(PROVIDER_COLUMNS).join(" / "), problem: say("desk.importWhichList") };

function wholeProblem(rows: readonly SheetRow[], list: ListName | undefined): { column: string; problem: string } | undefined {
  if (rows.length === 0) return { column: "", problem: say("desk.importEmptyFile") };
  if (rows.length > MAX_ROWS) return { column: "", problem: say("desk.importTooBig") };
  const missing = REQUIRED_COLUMNS.find((column) => !(column in (rows[0] ?? {})));
  if (missing) return { column: missing, problem: say("desk.importNoColumn") };
  return list === undefined ? NO_LIST : undefined;
}

/** A file names its list by the column of the office that answers: exactly one of the two. */
function listOf([first]: readonly SheetRow[]): ListName | undefined {
  const named = (Object.keys(PROVIDER_COLUMNS) as ListName[]).filter((list) => first && PROVIDER_COLUMNS[list] in first);
  return named.length === 1 ? named[0] : undefined;
}

type Plan = Readonly<{ problems: RowProblem[]; entries: Planned[] }>;

function answer({ problems, entries }: Plan, written: boolean): ImportListsAnswer {
  const known = entries.filter(({ row }) => row !== undefined);
  const same = known.filter(({ changed }) => changed.length === 0).length;
  return { problems, added: entries.length - known.length, changed: known.length - same, same, written };
}

async function plan(db: Database | Transaction, rows: readonly SheetRow[], list: ListName): Promise<Plan> {
  const codes = rows.map((row) => (row["code"] ?? "").trim().toUpperCase());
  const known = new Map((await db.select().from(listItems).where(inArray(listItems.code, codes))).map((item) => [item.code, item]));
  const townCodes = new Set((await db.select({ code: towns.code }).from(towns)).map(({ code }) => code));
  const problems: RowProblem[] = [];
  const entries = rows.flatMap((sheetRow, index): Planned[] => {
    const wrong = (column: string, problem: string) => problems.push({ row: index + 2, column, problem });
    const code = codes[index] ?? "";
    const row = known.get(code);
    const read = ItemTexts.safeParse(inputOf(sheetRow, row, list));
    if (!ItemCode.safeParse(code).success) wrong("code", say("desk.codeWrong"));
    if (codes.indexOf(code) !== index) wrong("code", say("desk.importTwice"));
    if (row && row.list !== list) wrong("code", say("desk.importOtherList"));
    if (!read.success) {
      for (const issue of read.error.issues) wrong(columnOf(list, String(issue.path[0])), issue.message);
      return [];
    }
    if (!read.data.townCodes.every((town) => townCodes.has(town))) wrong("town_codes", say("desk.importUnknownTown"));
    const changed = row ? changedColumns(row, itemValues(read.data)) : [];
    if (row?.state === "retired" && changed.length > 0) wrong("code", say("desk.importRetired"));
    return [{ code, texts: read.data, row, changed }];
  });
  return { problems, entries };
}

const columnOf = (list: ListName, field: string): string => columnsOf(list).find(([, name]) => name === field)?.[0] ?? field;

/** What a row says of an entry, over what is known of it: a column that the file leaves out stays as it is. */
function inputOf(sheetRow: SheetRow, row: ItemRow | undefined, list: ListName): Record<string, unknown> {
  const said = Object.fromEntries(
    columnsOf(list).flatMap(([column, field]) => {
      const cell = sheetRow[column];
      if (cell === undefined) return [];
      const text = unguarded(cell.trim());
      return [[field, LIST_FIELDS.has(field) ? text.split(/[\s,，;；、]+/).filter((word) => word !== "") : text]];
    }),
  );
  if (!row) return said;
  const renamed = said["name"] !== row.name;
  const kept = Object.fromEntries(columnsOf(list).map(([, field]) => [field, field === "papers" ? row.papers.join("\n") : (row[field] ?? "")]));
  // A new name that says nothing of its other forms gets them made anew.
  return { ...kept, ...(renamed ? { nameHant: "", ...(row.nameEn === row.name ? { nameEn: "" } : {}) } : {}), ...said };
}
