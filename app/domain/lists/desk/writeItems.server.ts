import { max, sql } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordBirths, transitionAll } from "~/domain/kernel/transition.server";
import { listItems, listRules } from "~db/schema/directory";
import { type ItemRow, knownTowns } from "./itemValues.server";
import { requireListKeeper } from "./listKeeper.server";
import { LIST_ITEM, LIST_RULE } from "./machines.server";

/**
 * By which way items come and are changed: typed into a form, from a list's own file, or from another
 * directory.
 */
export type Way = "form" | "list_file" | "hsds";

/**
 * What the journal tells of each way; of what came from another directory it is known later that no person
 * here wrote it.
 */
const TOLD = {
  form: { birth: "add", reason: undefined, edit: "form" },
  list_file: { birth: "add", reason: undefined, edit: "import" },
  hsds: { birth: "import", reason: "hsds_import", edit: "hsds_import" },
} as const;

/** The reason under which the journal has what another directory brought. */
export const OF_ANOTHER_DIRECTORY = TOLD.hsds.reason;

/**
 * New items queue behind each other, so that no number is given twice. Take it before any other lock on
 * items.
 */
export const lockNumbers = (tx: Transaction) =>
  tx.execute(sql`lock table list_item in share row exclusive mode`);

/**
 * A new item, all but what the lists give it: its id, its number and its place. `updatedAt` is that of its
 * source, if it has one.
 */
export type NewItem = Readonly<
  Omit<typeof listItems.$inferInsert, "id" | "number" | "sort" | "version" | "createdAt" | "updatedAt"> & {
    updatedAt?: Date | undefined;
  }
>;

/** An item as it was read, and what is to be written of it. */
export type Edit = Readonly<{
  item: ItemRow;
  values: { [Column in keyof ItemRow]?: ItemRow[Column] | undefined };
}>;

/** Items written in one statement. */
const ROWS_AT_ONCE = 500;

/**
 * The rows of new items and of their first rules, each with its birth in the journal; many in few
 * statements. Who an item is for is not guessed: its first rule says that somebody must be asked, until one
 * is written. Call it with the numbers locked.
 * @throws {DomainError} NOT_ALLOWED, ITEM_CODE_TAKEN; NOT_FOUND for a town that is none of the city's
 */
export async function insertItems(
  tx: Transaction,
  ctx: UseCaseContext,
  added: readonly NewItem[],
  way: Way,
): Promise<void> {
  requireListKeeper(ctx);
  if (added.length === 0) return;
  await knownTowns(tx, [...new Set(added.flatMap(({ townCodes }) => townCodes ?? []))]);
  const [last] = await tx
    .select({ number: max(listItems.number), sort: max(listItems.sort) })
    .from(listItems);
  for (let at = 0; at < added.length; at += ROWS_AT_ONCE)
    await insertSome(
      tx,
      ctx,
      added.slice(at, at + ROWS_AT_ONCE),
      { number: (last?.number ?? 0) + at, sort: (last?.sort ?? 0) + at },
      way,
    );
}

async function insertSome(
  tx: Transaction,
  ctx: UseCaseContext,
  added: readonly NewItem[],
  last: Readonly<{ number: number; sort: number }>,
  way: Way,
): Promise<void> {
  const { userId } = requireListKeeper(ctx);
  const { birth, reason } = TOLD[way];
  const told = reason === undefined ? {} : { reason };
  const items = added.map((one, index) => ({
    ...one,
    id: ctx.newId(),
    number: last.number + index + 1,
    sort: last.sort + index + 1,
    createdAt: ctx.now(),
    updatedAt: one.updatedAt ?? ctx.now(),
  }));
  const written = await tx
    .insert(listItems)
    .values(items)
    .onConflictDoNothing({ target: listItems.code })
    .returning({ id: listItems.id });
  if (written.length < items.length) throw new DomainError("ITEM_CODE_TAKEN");
  await recordBirths(
    tx,
    ctx,
    LIST_ITEM,
    birth,
    items.map((row) => ({
      row,
      facts: { by: "operator", ...(reason === undefined ? { data: { code: row.code } } : told) },
    })),
  );

  const rules = items.map(({ code }) => ({
    id: ctx.newId(),
    state: "approved" as const,
    itemCode: code,
    edition: 1,
    kind: "ask" as const,
    cases: [],
  }));
  const draftedBy = way === "hsds" ? null : userId;

  await tx
    .insert(listRules)
    .values(rules.map((rule) => ({ ...rule, draftedBy, effectiveFrom: ctx.now(), createdAt: ctx.now() })));

  await recordBirths(
    tx,
    ctx,
    LIST_RULE,
    "open",
    rules.map((row) => ({
      row,
      facts: { by: "operator", ...told, data: { item: row.itemCode, edition: row.edition, kind: row.kind } },
    })),
  );
}

/**
 * Writes items anew, each with its step in the journal; of a list's own file that tells which columns
 * changed.
 * @throws {DomainError} NOT_ALLOWED, CHANGED_MEANWHILE, WRONG_STATE when retired
 */
export async function editItems(
  tx: Transaction,
  ctx: UseCaseContext,
  edits: readonly Edit[],
  way: Exclude<Way, "form">,
): Promise<void> {
  requireListKeeper(ctx);
  const steps = edits.map(({ item, values }) => {
    const data = way === "hsds" ? {} : { data: { changed: Object.keys(values).join(",") } };
    return {
      row: item,
      step: {
        by: "operator" as const,
        reason: TOLD[way].edit,
        ...data,
        set: { ...values, updatedAt: ctx.now() },
      },
    };
  });
  for (let at = 0; at < steps.length; at += ROWS_AT_ONCE)
    await transitionAll(tx, ctx, LIST_ITEM, "edit", steps.slice(at, at + ROWS_AT_ONCE));
}
