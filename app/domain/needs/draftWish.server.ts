import { and, eq, inArray } from "drizzle-orm";
import { recordConsents, reviseConsents } from "~/domain/households/consents.server";
import type { ConsentsInput } from "~/domain/households/schemas";
import { requireRole, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { requireUnchanged } from "~/domain/kernel/opened";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { changeWithFacts, registerWithFacts } from "~/domain/screening/registered.server";
import { needLines, needs } from "~db/schema/needs";
import { objectKinds } from "~db/schema/reference";
import { hasOtherWishes, lockKnownHousehold } from "./knownHousehold.server";
import { NEED } from "./machine.server";
import type { Need } from "./need.server";
import type { EditedWish, KnownWishInput, LineInput, WishInput } from "./schemas";
import { dropUnfinished, lockDraft, type Unfinished } from "./unfinished.server";
import { sealDetails, sealWords } from "./words.server";

/** By what an imported row is known again. */
type Imported = Readonly<{ key: string; content?: string }>;

type Wished = Omit<WishInput, "household">;

/**
 * A caseworker writes down what a household (or a group) in their town wishes for. Saved as a draft that only
 * the town sees; consents and the visit's time are recorded with it. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town, KIND_REFUSED for things the portal does
 *   not take, IN_THE_FUTURE for a visit that has not been
 */
export async function draftWish(
  ctx: UseCaseContext,
  input: WishInput,
  imported?: Imported,
): Promise<{ needId: string; code: string }> {
  requireRole(ctx.actor, "caseworker", { kind: "town", id: input.household.townCode });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "draftWish", input, async () => {
      const { id } = await registerWithFacts(tx, ctx, input.household);
      return writeDraft(tx, ctx, { id, townCode: input.household.townCode }, input, { imported });
    }),
  );
}

/**
 * The same for a household that is on record: nothing of it is asked or changed, and its consents are only
 * added to, since its other wishes stand on them. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND outside the caseworker's town and once erased; KIND_REFUSED,
 *   IN_THE_FUTURE
 */
export async function draftAnotherWish(
  ctx: UseCaseContext,
  householdId: string,
  input: KnownWishInput,
): Promise<{ needId: string; code: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "draftAnotherWish", { ...input, householdId }, async () =>
      writeDraft(tx, ctx, await lockKnownHousehold(tx, ctx, householdId), input),
    ),
  );
}

type Begun = Readonly<{
  imported?: Imported | undefined;
  /** Kept from a draft that was not whole. */ id?: string;
  code?: string;
}>;

async function writeDraft(
  tx: Transaction,
  ctx: UseCaseContext,
  household: Readonly<{ id: string; townCode: string }>,
  input: Wished,
  begun: Begun = {},
) {
  const { userId } = requireUser(ctx.actor);
  const visitedAt = await happenedAt(tx, ctx, input.visitedAt, { field: "visitedAt" });
  if (input.consents) await recordConsents(tx, ctx, household.id, { ...input.consents, givenAt: visitedAt });
  const needId = begun.id ?? ctx.newId();
  const code = begun.code ?? makeCode("W", ctx.randomBytes);
  const need = { id: needId, householdId: household.id, state: "draft" as const };

  await tx.insert(needs).values({
    ...need,
    code,
    kind: "wish",
    townCode: household.townCode,
    ...(await writtenOf(tx, ctx, need, input)),
    filedBy: userId,
    importKey: begun.imported?.key ?? null,
    importContent: begun.imported?.content ?? null,
    createdAt: ctx.now(),
  });

  await writeLines(tx, ctx, need, input.lines);
  await recordBirth(tx, ctx, NEED, need, "draft", {
    by: "caseworker",
    occurredAt: visitedAt,
    needId,
    data: { householdId: household.id },
  });

  return { needId, code };
}

/** What a draft's form says, as its row keeps it. */
async function writtenOf(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Pick<Need, "id" | "householdId"> & Partial<Need>,
  input: Wished,
) {
  // Who checked, and when, stays: ticking it again on a later save is no other check.
  const checked =
    need.entitlementsCheckedBy != null
      ? { by: need.entitlementsCheckedBy, at: need.entitlementsCheckedAt ?? null }
      : { by: requireUser(ctx.actor).userId, at: ctx.now() };
  return {
    wordsSealed: await sealWords(tx, ctx, need, {
      title: input.title,
      story: input.story,
      pseudonym: input.pseudonym,
    }),
    entitlementsCheckedBy: input.entitlementsChecked ? checked.by : null,
    entitlementsCheckedAt: input.entitlementsChecked ? checked.at : null,
    overCapReason: input.overCapReason ?? null,
    wantedBy: input.wantedBy ?? null,
  };
}

/**
 * Changes a draft or a returned wish: words, lines, consents, and whom it is for as long as that household
 * has no other wish. A draft that was not whole before becomes a wish here, under the id and code that it
 * has. Only its own filer, before it is submitted. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND, NOT_ALLOWED outside the filer's towns, WRONG_STATE, CHANGED_MEANWHILE
 *   when somebody (the filer, in another tab) saved the draft or its household since the form was opened, or
 *   another wish was filed for the household
 */
export async function editDraft(ctx: UseCaseContext, needId: string, input: EditedWish): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "editDraft", { ...input, needId }, async () => {
      const { need, draft, versions } = await lockDraft(tx, ctx, needId);
      if (need?.householdId != null)
        requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
      requireUnchanged(input.version, ...versions);
      await dropUnfinished(tx, needId);
      if (need?.householdId != null) await change(tx, ctx, { ...need, householdId: need.householdId }, input);
      else if (draft?.kind === "wish") await begin(tx, ctx, draft, input);
      else throw new DomainError("NOT_FOUND");
    }),
  );
}

/** A form that is whole for the first time. */
async function begin(
  tx: Transaction,
  ctx: UseCaseContext,
  { id, code, householdId }: Unfinished,
  input: EditedWish,
): Promise<void> {
  if (householdId !== null) {
    await writeDraft(tx, ctx, await lockKnownHousehold(tx, ctx, householdId), input, { id, code });
    return;
  }

  if (!("household" in input)) throw new DomainError("CHANGED_MEANWHILE");
  const { townCode } = input.household;
  requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
  const household = await registerWithFacts(tx, ctx, input.household);
  await writeDraft(tx, ctx, { id: household.id, townCode }, input, { id, code });
}

async function change(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Need & Readonly<{ householdId: string }>,
  input: EditedWish,
): Promise<void> {
  const visitedAt = await happenedAt(tx, ctx, input.visitedAt, {
    field: "visitedAt",
    writtenAt: need.createdAt,
  });
  const townCode = "household" in input ? input.household.townCode : need.townCode;

  // Who is first here is first in all that follows: of two tabs the other one is told.
  if ("household" in input) {
    requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
    await changeWithFacts(tx, ctx, need.householdId, input.household);
    if (await hasOtherWishes(tx, need.householdId, need.id)) throw new DomainError("CHANGED_MEANWHILE");
  }

  await transition(tx, ctx, NEED, need, "edit", {
    by: "caseworker",
    occurredAt: visitedAt,
    needId: need.id,
    set: { townCode, ...(await writtenOf(tx, ctx, need, input)) },
  });

  if ("household" in input)
    await reviseConsents(tx, ctx, need.householdId, {
      ...(input.consents ?? NO_CONSENTS),
      givenAt: visitedAt,
    });
  else if (input.consents)
    await recordConsents(tx, ctx, need.householdId, { ...input.consents, givenAt: visitedAt });
  await tx.delete(needLines).where(eq(needLines.needId, need.id));
  await writeLines(tx, ctx, need, input.lines);
}

const NO_CONSENTS: ConsentsInput = { scopes: [], givenBy: "self" };

/**
 * Writes a need's lines of things and services, from a position on; refuses kinds that the portal does not
 * take.
 */
export async function writeLines(
  tx: Transaction,
  ctx: UseCaseContext,
  need: { id: string; householdId: string | null },
  lines: readonly LineInput[],
  from = 1,
): Promise<void> {
  if (lines.length === 0) return;
  const kinds = await tx
    .select()
    .from(objectKinds)
    .where(
      and(
        inArray(
          objectKinds.code,
          lines.map((line) => line.objectKind),
        ),
        eq(objectKinds.refused, false),
      ),
    );

  for (const [index, line] of lines.entries()) {
    const kind = kinds.find((known) => known.code === line.objectKind);
    if (!kind) throw new DomainError("KIND_REFUSED");
    const id = ctx.newId();

    await tx.insert(needLines).values({
      id,
      needId: need.id,
      position: from + index,
      kind: kind.lineKind,
      objectKind: kind.code,
      itemHans: line.item,
      itemHant: traditional(line.item),
      detailsSealed:
        line.details === undefined ? null : await sealDetails(tx, ctx, need, { id }, line.details),
      unitCode: line.unitCode,
      unitPriceFen: line.unitPriceFen,
      requested: line.quantity,
    });
  }
}
