import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordBirths, transitionAll } from "~/domain/kernel/transition.server";
import { listItems, listRules, type ListName } from "~db/schema/directory";
import { listsVersion } from "../inForce.server";
import { LIST_ITEM, LIST_RULE } from "../keeping/machines.server";
import { IMPORTED, planImport, type Plan } from "./planImport.server";
import type { InputFile } from "./readPackage.server";

const ROWS_AT_ONCE = 500;

export type ImportAnswer = Readonly<{
  fresh: number;
  changes: readonly Readonly<{ code: string; name: string; keys: readonly string[] }>[];
  same: number;
  rows: Plan["rows"];
  notes: Plan["notes"];
  /**
   * Stands for these files and choices: sent back with the order to write, so that only what was shown is
   * written.
   */
  seen: string;
  written: boolean;
}>;

/**
 * Takes services of another directory, or of this one as they were given out, into the two lists. Without
 * `seen` it is a dry run that writes nothing; with the `seen` of a dry run of the same files and choices,
 * everything that is accepted is written in one transaction. Each row is accepted, accepted with a named
 * warning, or refused with its file, row and reason. Safe to repeat: a record that would read as it does
 * already, or that is the one taken last, changes nothing. What a person changed here since is not
 * overwritten by an older record.
 *
 * @param publish whether new entries are published at once; those with something to clear up stay drafts
 * @throws {DomainError} NOT_ALLOWED, DRY_RUN_FIRST, CHANGED_MEANWHILE when the lists changed while this was
 *   read
 */
export async function importHsds(
  ctx: UseCaseContext,
  {
    files,
    list,
    publish,
    seen,
  }: { files: readonly InputFile[]; list: ListName; publish: boolean; seen?: string | undefined },
): Promise<ImportAnswer> {
  requireRole(ctx.actor, "operator", { kind: "city" });
  const mark = markOf(files, list, publish);
  if (seen !== undefined && seen !== mark) throw new DomainError("DRY_RUN_FIRST");
  const plan = await planImport(ctx, files, { list, publish });
  if (seen !== undefined && plan.births.length + plan.changes.length > 0)
    await inTransaction(ctx, (tx) => write(tx, ctx, plan));
  return {
    fresh: plan.births.length,
    changes: plan.changes.map(({ item, keys }) => ({ code: item.code, name: item.name, keys })),
    same: plan.same,
    rows: plan.rows,
    notes: plan.notes,
    seen: mark,
    written: seen !== undefined,
  };
}

function markOf(files: readonly InputFile[], list: ListName, publish: boolean): string {
  const hash = createHash("sha256").update(JSON.stringify([list, publish]));
  for (const { name, bytes } of files) hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  return hash.digest("base64url");
}

async function write(tx: Transaction, ctx: UseCaseContext, plan: Plan): Promise<void> {
  // Nobody else adds or changes entries until this commits, so numbers are not given twice and nothing is
  // written past a change.
  await tx.execute(sql`lock table ${listItems} in share row exclusive mode`);
  if ((await listsVersion(tx, ctx.now())) !== plan.version) throw new DomainError("CHANGED_MEANWHILE");
  const [last] = await tx
    .select({
      number: sql<number>`coalesce(max(${listItems.number}), 0)`,
      sort: sql<number>`coalesce(max(${listItems.sort}), 0)`,
    })
    .from(listItems);
  const { number, sort } = z.object({ number: z.number(), sort: z.number() }).parse(last);
  const born = plan.births.map((birth, index) => ({
    ...birth,
    number: number + index + 1,
    sort: sort + index + 1,
  }));

  for (const rows of inParts(born, ROWS_AT_ONCE)) {
    await tx.insert(listItems).values(rows);
    await recordBirths(
      tx,
      ctx,
      LIST_ITEM,
      "import",
      rows.map((row) => ({ row, facts: { by: "operator", reason: IMPORTED } })),
    );

    await askAboutThem(tx, ctx, rows);
  }

  for (const part of inParts(plan.changes, ROWS_AT_ONCE)) {
    const steps = part.map(({ item, values }) => ({
      row: item,
      step: { by: "operator" as const, reason: IMPORTED, set: { ...values, updatedAt: ctx.now() } },
    }));
    await transitionAll(tx, ctx, LIST_ITEM, "edit", steps);
  }
}

const inParts = <Row>(rows: readonly Row[], size: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_part, index) =>
    rows.slice(index * size, (index + 1) * size),
  );

/**
 * Who a service of elsewhere is for is not guessed: its first rule says that somebody must be asked, until
 * one is written.
 */
async function askAboutThem(
  tx: Transaction,
  ctx: UseCaseContext,
  items: readonly Readonly<{ code: string }>[],
): Promise<void> {
  const rules = items.map(({ code }) => ({
    id: ctx.newId(),
    itemCode: code,
    edition: 1,
    kind: "ask" as const,
    cases: [],
    state: "approved" as const,
    effectiveFrom: ctx.now(),
    createdAt: ctx.now(),
  }));
  await tx.insert(listRules).values(rules);
  await recordBirths(
    tx,
    ctx,
    LIST_RULE,
    "open",
    rules.map((row) => ({
      row,
      facts: { by: "operator", reason: IMPORTED, data: { item: row.itemCode, edition: 1, kind: "ask" } },
    })),
  );
}
