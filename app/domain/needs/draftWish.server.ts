import { and, eq, inArray } from "drizzle-orm";
import { requireRole, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { happenedAt } from "~/domain/kernel/happened.server";
import { once } from "~/domain/kernel/once.server";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { changeHousehold } from "~/domain/households/changeHousehold.server";
import { recordConsents, reviseConsents } from "~/domain/households/consents.server";
import { registerHousehold } from "~/domain/households/registerHousehold.server";
import type { ConsentsInput } from "~/domain/households/schemas";
import { needLines, needs } from "~db/schema/needs";
import { objectKinds } from "~db/schema/reference";
import { NEED } from "./machine.server";
import { hasOtherWishes, lockKnownHousehold } from "./knownHousehold.server";
import type { KnownWishInput, LineInput, WishInput } from "./schemas";
import { sealDetails, sealWords, traditional } from "./words.server";

/** By what an imported row is known again. */
type Imported = Readonly<{ key: string; content?: string }>;

type Wished = Omit<WishInput, "household" | "consents"> & Readonly<{ consents?: ConsentsInput | undefined }>;

/**
 * A caseworker writes down what a household (or a group) in their town wishes for. Saved as a draft that only the town sees;
 * consents and the visit's time are recorded with it. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED outside the caseworker's town, KIND_REFUSED for things the portal does not take,
 *   IN_THE_FUTURE for a visit that has not been
 */
export async function draftWish(ctx: UseCaseContext, input: WishInput, imported?: Imported): Promise<{ needId: string; code: string }> {
  requireRole(ctx.actor, "caseworker", { kind: "town", id: input.household.townCode });
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "draftWish", input, async () => {
      const { id } = await registerHousehold(tx, ctx, input.household);
      return writeDraft(tx, ctx, { id, townCode: input.household.townCode }, input, imported);
    }),
  );
}

/**
 * The same for a household that is on record: nothing of it is asked or changed, and its consents are only added to, since its
 * other wishes stand on them. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_FOUND outside the caseworker's town and once erased; KIND_REFUSED, IN_THE_FUTURE
 */
export async function draftAnotherWish(ctx: UseCaseContext, householdId: string, input: KnownWishInput): Promise<{ needId: string; code: string }> {
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "draftAnotherWish", { ...input, householdId }, async () => writeDraft(tx, ctx, await lockKnownHousehold(tx, ctx, householdId), input)),
  );
}

async function writeDraft(tx: Transaction, ctx: UseCaseContext, household: Readonly<{ id: string; townCode: string }>, input: Wished, imported?: Imported) {
  const { userId } = requireUser(ctx.actor);
  const visitedAt = await happenedAt(tx, ctx, input.visitedAt, { field: "visitedAt" });
  if (input.consents) await recordConsents(tx, ctx, household.id, { ...input.consents, givenAt: visitedAt });
  const needId = ctx.newId();
  const code = makeCode("W", ctx.randomBytes(6));
  const need = { id: needId, householdId: household.id, state: "draft" as const };
  await tx.insert(needs).values({
    ...need,
    code,
    kind: "wish",
    townCode: household.townCode,
    ...(await writtenOf(tx, ctx, need, input)),
    filedBy: userId,
    importKey: imported?.key ?? null,
    importContent: imported?.content ?? null,
    createdAt: ctx.now(),
  });
  await writeLines(tx, ctx, need, input.lines);
  await recordBirth(tx, ctx, NEED, need, "draft", { by: "caseworker", occurredAt: visitedAt, needId, data: { householdId: household.id } });
  return { needId, code };
}

/** What a draft's form says, as its row keeps it. */
async function writtenOf(tx: Transaction, ctx: UseCaseContext, need: { id: string; householdId: string | null }, input: Wished) {
  return {
    wordsSealed: await sealWords(tx, ctx, need, { title: input.title, story: input.story, pseudonym: input.pseudonym }),
    entitlementsCheckedBy: input.entitlementsChecked ? requireUser(ctx.actor).userId : null,
    entitlementsCheckedAt: input.entitlementsChecked ? ctx.now() : null,
    overCapReason: input.overCapReason ?? null,
    wantedBy: input.wantedBy ?? null,
  };
}

/**
 * Changes a draft or a returned wish: words, lines, consents, and whom it is for as long as that household has no other wish.
 * Only its own filer, before it is submitted. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED, WRONG_STATE, CHANGED_MEANWHILE when another tab saved at the same moment, or another wish
 *   was filed for the household
 */
export async function editDraft(ctx: UseCaseContext, needId: string, input: WishInput | KnownWishInput): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "editDraft", { ...input, needId }, async () => {
      const [need] = await tx.select().from(needs).where(eq(needs.id, needId));
      if (need?.householdId == null) throw new DomainError("NOT_FOUND");
      const actor = requireRole(ctx.actor, "caseworker", { kind: "town", id: need.townCode });
      if (need.filedBy !== actor.userId) throw new DomainError("NOT_ALLOWED");
      const visitedAt = await happenedAt(tx, ctx, input.visitedAt, { field: "visitedAt", writtenAt: need.createdAt });
      const townCode = "household" in input ? input.household.townCode : need.townCode;
      // Who is first here is first in all that follows: of two tabs the other one is told.
      if ("household" in input) {
        requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
        await changeHousehold(tx, ctx, need.householdId, input.household);
        if (await hasOtherWishes(tx, need.householdId, needId)) throw new DomainError("CHANGED_MEANWHILE");
      }
      await transition(tx, ctx, NEED, need, "edit", { by: "caseworker", occurredAt: visitedAt, needId, set: { townCode, ...(await writtenOf(tx, ctx, need, input)) } });
      if ("household" in input) await reviseConsents(tx, ctx, need.householdId, { ...input.consents, givenAt: visitedAt });
      else if (input.consents) await recordConsents(tx, ctx, need.householdId, { ...input.consents, givenAt: visitedAt });
      await tx.delete(needLines).where(eq(needLines.needId, needId));
      await writeLines(tx, ctx, need, input.lines);
    }),
  );
}

/** Writes a need's lines of things and services, from a position on; refuses kinds that the portal does not take (Charity Law 36). */
export async function writeLines(tx: Transaction, ctx: UseCaseContext, need: { id: string; householdId: string | null }, lines: readonly LineInput[], from = 1): Promise<void> {
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
      detailsSealed: line.details === undefined ? null : await sealDetails(tx, ctx, need, { id }, line.details),
      unitCode: line.unitCode,
      unitPriceFen: line.unitPriceFen,
      requested: line.quantity,
    });
  }
}
