import { createHash } from "node:crypto";
import { AT_ONCE } from "~/domain/imports/rows";
import { startImport } from "~/domain/imports/startImport.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { lockNumbers } from "~/domain/lists/desk/writeItems.server";
import { writeContents } from "~/domain/lists/imports/writeContents.server";
import { listsVersion } from "~/domain/lists/inForce.server";
import type { ListName } from "~db/schema/directory";
import { type HsdsPlan, planImport } from "./planImport.server";
import type { InputFile } from "./readPackage.server";

export type HsdsImportAnswer = Readonly<{
  fresh: number;
  changes: readonly Readonly<{ code: string; name: string; keys: readonly string[] }>[];
  same: number;
  rows: HsdsPlan["rows"];
  notes: HsdsPlan["notes"];
  /**
   * Stands for these files and choices: sent back with the order to write, so that only what was shown is
   * written.
   */
  seen: string;
  written: boolean;
  /** Where they are too many to be written at once: the import that has begun. */
  jobId?: string;
}>;

type Input = Readonly<{
  files: readonly InputFile[];
  list: ListName;
  publish: boolean;
  seen?: string | undefined;
  /** By it a form that is sent twice begins one import. */
  requestKey?: string | undefined;
}>;

/**
 * Takes services of another directory, or of this one as they were given out, into the two lists. Without
 * `seen` it is a dry run that writes nothing; with the `seen` of a dry run of the same files and choices,
 * everything that is accepted is written: up to `AT_ONCE` items in one transaction, of more an import
 * begins, which the worker does batch by batch. Each row is accepted, accepted with a named warning, or
 * refused with its file, row and reason. Safe to repeat: a record that would read as it does already, or that
 * is the one taken last, changes nothing. What a person changed here since is not overwritten by an older
 * record.
 *
 * @param publish whether new items are published at once; those with something to clear up stay drafts
 * @throws {DomainError} NOT_ALLOWED, DRY_RUN_FIRST, CHANGED_MEANWHILE when the lists changed while this was
 *   read; LISTS_IMPORT_OPEN for many items while others are being written, REQUEST_KEY_REUSED
 */
export async function importHsds(
  ctx: UseCaseContext,
  { files, list, publish, seen, requestKey = ctx.newId() }: Input,
): Promise<HsdsImportAnswer> {
  requireRole(ctx.actor, "operator", { kind: "city" });
  const mark = markOf(files, list, publish);
  if (seen !== undefined && seen !== mark) throw new DomainError("DRY_RUN_FIRST");
  const plan = await planImport(ctx, files, { list, publish });
  const answer = {
    fresh: plan.births.length,
    changes: plan.changes.map(({ item, keys }) => ({ code: item.code, name: item.name, keys })),
    same: plan.same.length,
    rows: plan.rows,
    notes: plan.notes,
    seen: mark,
    written: false,
  };
  if (seen === undefined) return answer;
  const due = plan.births.length + plan.changes.length;
  if (due > AT_ONCE) return { ...answer, jobId: await begin(ctx, plan, mark, requestKey) };
  if (due > 0) await inTransaction(ctx, (tx) => write(tx, ctx, plan));
  return { ...answer, written: true };
}

function markOf(files: readonly InputFile[], list: ListName, publish: boolean): string {
  const hash = createHash("sha256").update(JSON.stringify([list, publish]));
  for (const { name, bytes } of files) hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  return hash.digest("base64url");
}

async function write(tx: Transaction, ctx: UseCaseContext, plan: HsdsPlan): Promise<void> {
  // Nobody else adds or changes items until this commits, so numbers are not given twice and nothing is
  // written past a change.
  await lockNumbers(tx);
  if ((await listsVersion(tx, ctx.now())) !== plan.version) throw new DomainError("CHANGED_MEANWHILE");
  await writeContents(tx, ctx, [...plan.births, ...plan.changes], "hsds");
}

/**
 * What each service says of its item is kept for the worker, with everything that was said of the package's
 * rows.
 */
function begin(
  ctx: UseCaseContext,
  { births, changes, same, notes }: HsdsPlan,
  mark: string,
  requestKey: string,
): Promise<string> {
  const due = [...births, ...changes].map(({ origin, content }) => ({ ...origin, content }));
  const rows = [...due, ...same.map(({ origin, code }) => ({ ...origin, sameAs: code }))];
  return startImport(ctx, { kind: "hsds", townCode: null, rows, notes, sent: { mark }, requestKey });
}
