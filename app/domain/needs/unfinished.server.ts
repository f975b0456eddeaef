import { and, asc, desc, eq, inArray, lt, max, or, sql } from "drizzle-orm";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { eachDueRow } from "~/domain/kernel/eachDue.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { once } from "~/domain/kernel/once.server";
import { type Opened, requireUnchanged } from "~/domain/kernel/opened";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { plusDays } from "~/domain/kernel/time";
import { households } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { needs, unfinishedDrafts } from "~db/schema/needs";
import { knownHousehold } from "./knownHousehold.server";

/** A form as it was typed, field by field. */
export type TypedFields = Readonly<Record<string, string | readonly string[]>>;
export type Unfinished = typeof unfinishedDrafts.$inferSelect;

/** Far more than any form of the portal holds. */
const MOST_CHARACTERS = 60_000;
const FIELD = /^[A-Za-z]+(\[\d{1,2}\])?(\.[A-Za-z]+){0,2}$/;
const A_LIST = 100;

const placeOf = (id: string) => `need_draft.form:${id}`;

/** @throws {DomainError} TOO_MUCH_TYPED */
function sealForm(ctx: UseCaseContext, id: string, typed: TypedFields): string {
  const form = JSON.stringify(
    Object.fromEntries(
      Object.entries(typed).filter(
        ([name]) => FIELD.test(name) && name !== "version" && name !== "requestKey",
      ),
    ),
  );
  if (form.length > MOST_CHARACTERS) throw new DomainError("TOO_MUCH_TYPED");
  return seal(ctx.keys, placeOf(id), form);
}

type Start = Readonly<
  { kind: "wish"; householdId?: string | undefined } | { kind: "organisation_need"; organisationId: string }
> &
  Readonly<{ typed: TypedFields; requestKey: string }>;

/**
 * Keeps a form that is not whole yet as it was typed, sealed: only who filed it (of an organisation's need,
 * its editors) sees it, and nothing of it counts before it is whole. Safe to repeat by request key.
 * @throws {DomainError} NOT_ALLOWED unless a caseworker or an editor of that organisation, NOT_FOUND for a
 *   household of another town, TOO_MUCH_TYPED
 */
export async function startUnfinished(
  ctx: UseCaseContext,
  { typed, requestKey, ...of }: Start,
): Promise<{ needId: string; code: string }> {
  const { userId } = requireUser(ctx.actor);
  if (
    of.kind === "organisation_need"
      ? !isEditor(ctx, of.organisationId)
      : scopeIds(ctx.actor, "caseworker").length === 0
  )
    throw new DomainError("NOT_ALLOWED");
  if (of.kind === "wish" && of.householdId !== undefined) await knownHousehold(ctx, of.householdId);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "startUnfinished", { ...of, typed, requestKey }, async () => {
      const id = ctx.newId();
      const code = makeCode("W", ctx.randomBytes);
      const now = ctx.now();

      await tx.insert(unfinishedDrafts).values({
        id,
        code,
        kind: of.kind,
        filedBy: userId,
        householdId: of.kind === "wish" ? (of.householdId ?? null) : null,
        organisationId: of.kind === "organisation_need" ? of.organisationId : null,
        formSealed: sealForm(ctx, id, typed),
        createdAt: now,
        changedAt: now,
      });

      await recordDraft(tx, ctx, { id, kind: of.kind }, "start");
      return { needId: id, code };
    }),
  );
}

/**
 * Keeps what is typed now, of a draft that is not whole, or of one that was and is being changed: what counts
 * of that one stays until the form is whole again.
 * @throws {DomainError} NOT_FOUND, WRONG_STATE once submitted, CHANGED_MEANWHILE, TOO_MUCH_TYPED
 */
export async function keepUnfinished(
  ctx: UseCaseContext,
  needId: string,
  { typed, version }: Readonly<{ typed: TypedFields; version: Opened }>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { draft, need, versions } = await lockDraft(tx, ctx, needId);
    requireUnchanged(version, ...versions);
    const now = ctx.now();
    const formSealed = sealForm(ctx, needId, typed);

    if (draft) {
      await tx
        .update(unfinishedDrafts)
        .set({ formSealed, changedAt: now, version: draft.version + 1 })
        .where(eq(unfinishedDrafts.id, needId));

      await recordDraft(tx, ctx, draft, "keep");
      return;
    }

    if (!need) throw new DomainError("NOT_FOUND");
    const { id, code, kind, filedBy, householdId, organisationId } = need;

    await tx.insert(unfinishedDrafts).values({
      id,
      code,
      kind,
      filedBy,
      householdId,
      organisationId,
      formSealed,
      createdAt: now,
      changedAt: now,
    });

    await recordDraft(tx, ctx, need, "keep");
  });
}

type Told = "start" | "keep" | "discard" | "destroy";

/**
 * Who did what with a draft that is not whole, and when: nothing of what was typed. Its rows are numbered on,
 * for a draft may be kept, become whole, and be changed again.
 */
async function recordDraft(
  tx: Transaction,
  ctx: UseCaseContext,
  { id, kind }: Pick<Unfinished, "id" | "kind">,
  told: Told,
): Promise<void> {
  const [last] = await tx
    .select({ version: max(journal.entityVersion) })
    .from(journal)
    .where(and(eq(journal.entity, "need_draft"), eq(journal.entityId, id)));
  const by = told === "destroy" ? "system" : kind === "wish" ? "caseworker" : "org_editor";

  await recordEvent(tx, ctx, {
    entity: "need_draft",
    entityId: id,
    entityVersion: (last?.version ?? 0) + 1,
    event: `need_draft.${told}`,
    fromState: null,
    toState: null,
    by,
    data: { kind },
  });
}

type Locked = Readonly<{
  draft: Unfinished | undefined;
  need: typeof needs.$inferSelect | undefined;
  versions: readonly (number | string)[];
}>;

/**
 * A draft, whole or not, locked with the household that it is for; and what its form is opened on.
 * @throws {DomainError} NOT_ALLOWED, or NOT_FOUND while there is no need yet, for everybody who may not
 *   write it; WRONG_STATE once submitted
 */
export async function lockDraft(tx: Transaction, ctx: UseCaseContext, needId: string): Promise<Locked> {
  requireUser(ctx.actor);
  const [found] = await tx.select({ householdId: needs.householdId }).from(needs).where(eq(needs.id, needId));
  // The household first, as everywhere: whoever changes it is waited for.
  if (found?.householdId != null)
    await tx
      .select({ id: households.id })
      .from(households)
      .where(eq(households.id, found.householdId))
      .for("update");
  const [need] = await tx.select().from(needs).where(eq(needs.id, needId)).for("update");
  const [draft] = await tx
    .select()
    .from(unfinishedDrafts)
    .where(eq(unfinishedDrafts.id, needId))
    .for("update");
  const of = need ?? draft;
  if (!of) throw new DomainError("NOT_FOUND");
  if (!mayWrite(ctx, of)) throw new DomainError(need ? "NOT_ALLOWED" : "NOT_FOUND");
  if (need && !["draft", "returned"].includes(need.state))
    throw new DomainError("WRONG_STATE", { state: need.state, event: "edit" });
  return { need, draft, versions: await draftVersions(tx, needId) };
}

/**
 * Who may write a draft: its filer, as long as they are a caseworker; editors and managers of the
 * organisation.
 */
export function mayWrite(
  ctx: UseCaseContext,
  { kind, filedBy, organisationId }: Pick<Unfinished, "kind" | "filedBy" | "organisationId">,
): boolean {
  if (kind === "organisation_need") return organisationId !== null && isEditor(ctx, organisationId);
  return (
    ctx.actor.kind === "user" && filedBy === ctx.actor.userId && scopeIds(ctx.actor, "caseworker").length > 0
  );
}

const isEditor = (ctx: UseCaseContext, organisationId: string): boolean =>
  (["org_editor", "org_manager"] as const).some((role) =>
    holds(ctx.actor, role, { kind: "organisation", id: organisationId }),
  );

/**
 * What the form of a draft is opened on: the need, its household and that one's consents, and what is not
 * whole yet.
 */
export async function draftVersions(
  db: Transaction | UseCaseContext["db"],
  needId: string,
): Promise<readonly (number | string)[]> {
  const [row] = await db.execute<{
    need: number | null;
    household: number | null;
    consents: string | null;
    draft: number | null;
  }>(sql`
    select n.version as need, h.version as household, d.version as draft,
      (select string_agg(left(c.scope, 4) || left(c.given_by, 1), '-' order by c.scope) from consent c where c.household_id = h.id and c.withdrawn_at is null) as consents
    from (select ${needId}::uuid as id) asked
    left join need n on n.id = asked.id left join household h on h.id = n.household_id left join need_draft d on d.id = asked.id`);
  return [row?.need ?? 0, row?.household ?? 0, row?.consents ?? "none", row?.draft ?? 0];
}

/**
 * What somebody typed and is not whole yet, for those who may write it; undefined where there is nothing of
 * the kind.
 */
export async function readUnfinished(
  ctx: UseCaseContext,
  needId: string,
): Promise<Readonly<{ draft: Omit<Unfinished, "formSealed">; typed: TypedFields }> | undefined> {
  const [row] = await ctx.db.select().from(unfinishedDrafts).where(eq(unfinishedDrafts.id, needId));
  if (!row || !mayWrite(ctx, row)) return undefined;
  const { formSealed, ...draft } = row;
  return { draft, typed: typedOf(ctx, row.id, formSealed) };
}

const typedOf = (ctx: UseCaseContext, id: string, formSealed: string): TypedFields =>
  JSON.parse(unseal(ctx.keys, placeOf(id), formSealed)) as TypedFields;

/** Drafts of the actor that are not whole, the last touched first: by code and the title typed so far. */
export async function unfinishedOf(ctx: UseCaseContext, kind: Unfinished["kind"]) {
  const { userId } = requireUser(ctx.actor);
  const organisationIds = [...scopeIds(ctx.actor, "org_editor"), ...scopeIds(ctx.actor, "org_manager")];
  const mine =
    kind === "wish"
      ? eq(unfinishedDrafts.filedBy, userId)
      : inArray(unfinishedDrafts.organisationId, organisationIds);
  const rows = await ctx.db
    .select()
    .from(unfinishedDrafts)
    .where(and(eq(unfinishedDrafts.kind, kind), mine))
    .orderBy(desc(unfinishedDrafts.changedAt), asc(unfinishedDrafts.id))
    .limit(A_LIST);
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    changedAt: row.changedAt,
    title: String(typedOf(ctx, row.id, row.formSealed)["title"] ?? ""),
  }));
}

/** Whether a draft is not whole: then it cannot be submitted. */
export async function isUnfinished(tx: Transaction | UseCaseContext["db"], needId: string): Promise<boolean> {
  return (
    (
      await tx
        .select({ id: unfinishedDrafts.id })
        .from(unfinishedDrafts)
        .where(eq(unfinishedDrafts.id, needId))
    ).length > 0
  );
}

/** What was typed is whole now, or given up. */
export async function dropUnfinished(tx: Transaction, needId: string): Promise<void> {
  await tx.delete(unfinishedDrafts).where(eq(unfinishedDrafts.id, needId));
}

/**
 * Gives up what is not whole; what counted before stays. @throws {DomainError} NOT_FOUND for everybody who
 * may not write it
 */
export async function discardUnfinished(ctx: UseCaseContext, needId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(unfinishedDrafts)
      .where(eq(unfinishedDrafts.id, needId))
      .for("update");
    if (!row || !mayWrite(ctx, row)) throw new DomainError("NOT_FOUND");
    await dropUnfinished(tx, needId);
    await recordDraft(tx, ctx, row, "discard");
  });
}

/**
 * With a household everything goes that was typed of it and did not count yet. Call it in the transaction
 * that erases.
 */
export async function forgetUnfinished(tx: Transaction, householdId: string): Promise<void> {
  const ofHousehold = tx.select({ id: needs.id }).from(needs).where(eq(needs.householdId, householdId));

  await tx
    .delete(unfinishedDrafts)
    .where(or(eq(unfinishedDrafts.householdId, householdId), inArray(unfinishedDrafts.id, ofHousehold)));
}

/** With a household goes what its wishes are recognised by when a file brings them again. */
export async function forgetImported(tx: Transaction, householdId: string): Promise<void> {
  await tx.update(needs).set({ importContent: null }).where(eq(needs.householdId, householdId));
}

/**
 * Clock: what nobody went on with for so many days is destroyed; it may name a person whom nothing else
 * names.
 */
export async function destroyOldUnfinished(ctx: UseCaseContext): Promise<number> {
  const before = plusDays(ctx.now(), -(await limit(ctx.db, ctx, "unfinishedDraftDays")));
  const old = lt(unfinishedDrafts.changedAt, before);
  return eachDueRow(ctx, "destroyOldUnfinished", unfinishedDrafts, old, async (tx, draft) => {
    await dropUnfinished(tx, draft.id);
    await recordDraft(tx, ctx, draft, "destroy");
  });
}
