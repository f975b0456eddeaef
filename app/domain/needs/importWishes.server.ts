import { createHash } from "node:crypto";
import { inArray } from "drizzle-orm";
import { requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { inTransaction } from "~/domain/kernel/context.server";
import type { RowProblem, SheetRow } from "~/domain/kernel/sheet.server";
import { formNames } from "~/domain/directory/queries.server";
import { needs } from "~db/schema/needs";
import { draftWish } from "./draftWish.server";
import { WishInput } from "./schemas";

const MAX_ROWS = 2_000;

export type ImportAnswer = Readonly<{ rows: number; problems: RowProblem[]; written: number; already: number }>;

/**
 * Imports many wishes of one town as drafts. Reads everything first and reports every problem by row and column; with any
 * problem, or as a dry run, nothing is written. A row that was imported before (same key, or same content at the same place
 * among its equals) is left as it is, so importing a file twice adds nothing.
 *
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town
 */
export async function importWishes(
  ctx: UseCaseContext,
  { source, rows, townCode, write }: { source: string; rows: readonly SheetRow[]; townCode: string; write: boolean },
): Promise<ImportAnswer> {
  requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
  const names = await formNames(ctx.db);
  const problems: RowProblem[] = [];
  if (rows.length === 0 || rows.length > MAX_ROWS) problems.push({ row: 0, column: "", problem: rows.length === 0 ? "intake.importEmptyFile" : "intake.importTooBig" });
  const keys = importKeys(source, rows);
  const ready = rows.slice(0, MAX_ROWS).flatMap((row, index) => {
    const candidate = asWish(row, townCode, names, ctx);
    const parsed = WishInput.safeParse(candidate.input);
    problems.push(...candidate.problems.map((problem) => ({ row: index + 2, ...problem })));
    if (!parsed.success)
      problems.push(
        ...parsed.error.issues.map((issue) => ({
          row: index + 2,
          column: COLUMN_OF[issue.path.filter((part) => typeof part === "string").join(".")] ?? issue.path.join("."),
          problem: issue.message,
        })),
      );
    return parsed.success ? [{ input: parsed.data, key: keys[index] ?? "" }] : [];
  });
  if (problems.length > 0 || !write) return { rows: rows.length, problems, written: 0, already: 0 };

  const known = new Set((await ctx.db.select({ key: needs.importKey }).from(needs).where(inArray(needs.importKey, keys))).map((row) => row.key));
  const fresh = ready.filter((wish) => !known.has(wish.key));
  await inTransaction(ctx, async (tx) => {
    // Each draft is a savepoint of this one transaction: all of them or none.
    const inside: UseCaseContext = { ...ctx, db: tx as unknown as UseCaseContext["db"] };
    for (const { input, key } of fresh) await draftWish(inside, input, key);
  });
  return { rows: rows.length, problems: [], written: fresh.length, already: ready.length - fresh.length };
}

/** (source, row key); without one, the row's hash and which of its equals it is. */
function importKeys(source: string, rows: readonly SheetRow[]): string[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    if (row["row_key"]) return `${source}:${row["row_key"]}`;
    const hash = createHash("sha256").update(JSON.stringify(row)).digest("base64url");
    const nth = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, nth);
    return `${source}:${hash}:${nth}`;
  });
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  title: "title_zh",
  story: "story_zh",
  pseudonym: "pseudonym",
  "lines.item": "item_zh",
  "lines.quantity": "quantity",
  "lines.unitPriceFen": "est_value_cny",
  "lines.objectKind": "object_kind",
  "lines.unitCode": "unit_zh",
  "household.groupCode": "group_zh",
  "household.ageBand": "age_band",
  "household.heads": "heads",
  "household.person.name": "sealed_name",
  "household.person.phone": "sealed_phone",
};

function asWish(row: SheetRow, townCode: string, names: Awaited<ReturnType<typeof formNames>>, ctx: UseCaseContext) {
  const problems: { column: string; problem: string }[] = [];
  const cell = (column: string) => (row[column] ?? "").trim();
  const town = names.towns.find((known) => known.nameHans === cell("town_zh"));
  if (!town || town.code !== townCode) problems.push({ column: "town_zh", problem: "intake.importUnknown" });
  const unit = names.units.find((known) => known.code === cell("unit_code") || known.nameHans === cell("unit_zh"));
  if (!unit) problems.push({ column: "unit_zh", problem: "intake.importUnknown" });
  const group = names.groups.find((known) => known.code === cell("group_code") || known.nameHans === cell("group_zh"));
  if (!group) problems.push({ column: "group_zh", problem: "intake.importUnknown" });
  const quantity = Number(cell("quantity"));
  const valueFen = Math.round(Number(cell("est_value_cny")) * 100);
  const eachFen = quantity > 0 && valueFen % quantity === 0 ? valueFen / quantity : NaN;
  const input = {
    household: {
      townCode,
      kind: cell("household_kind") || "household",
      heads: cell("heads") || "1",
      groupCode: group?.code ?? "",
      ageBand: cell("age_band") || "18_to_59",
      person: { name: cell("sealed_name"), phone: cell("sealed_phone"), address: cell("sealed_address"), village: cell("sealed_village") },
    },
    title: cell("title_zh"),
    story: cell("story_zh"),
    pseudonym: cell("pseudonym"),
    lines: [
      {
        objectKind: cell("object_kind"),
        item: cell("item_zh"),
        quantity: cell("quantity"),
        unitCode: unit?.code ?? "",
        unitPriceFen: Number.isFinite(eachFen) ? `${Math.floor(eachFen / 100)}.${String(eachFen % 100).padStart(2, "0")}` : "",
      },
    ],
    visitedAt: new Date(ctx.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 16),
    consents: { scopes: [], givenBy: "self" },
    requestKey: ctx.newId(),
  };
  return { input, problems };
}
