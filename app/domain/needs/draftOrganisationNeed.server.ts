import { and, eq } from "drizzle-orm";
import { type ActingRole, holds, requireRole, requireUser } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { requireUnchanged } from "~/domain/kernel/opened";
import { recordBirth, transition } from "~/domain/kernel/transition.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { needLines, needs, unfinishedDrafts } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { writeLines } from "./draftWish.server";
import { NEED } from "./machine.server";
import { type Need, requireCertificate } from "./need.server";
import type { EditedOrganisationNeed, OrganisationNeedInput } from "./organisationNeedSchemas";
import { waits } from "./reviewClock.server";
import { draftVersions, dropUnfinished, isUnfinished } from "./unfinished.server";
import { sealWords } from "./words.server";

/**
 * Editors and managers of that organisation write its needs. @throws {DomainError} SIGN_IN_NEEDED,
 * NOT_ALLOWED
 */
function requireEditor(ctx: UseCaseContext, organisationId: string): ActingRole {
  const scope = { kind: "organisation", id: organisationId } as const;
  if (holds(ctx.actor, "org_manager", scope)) return "org_manager";
  requireRole(ctx.actor, "org_editor", scope);
  return "org_editor";
}

/** An organisation's need, locked, for its editors; to everybody else it does not exist. */
export async function ownOrganisationNeed(
  tx: Transaction,
  ctx: UseCaseContext,
  needId: string,
): Promise<{ need: Need & { organisationId: string }; by: ActingRole }> {
  requireUser(ctx.actor);
  const [need] = await tx
    .select()
    .from(needs)
    .where(and(eq(needs.id, needId), eq(needs.kind, "organisation_need")))
    .for("update");
  if (need?.organisationId == null || !seesOrganisation(ctx, need.organisationId))
    throw new DomainError("NOT_FOUND");
  return {
    need: { ...need, organisationId: need.organisationId },
    by: requireEditor(ctx, need.organisationId),
  };
}

/** Whether the actor belongs to that organisation in any role. */
export const seesOrganisation = (ctx: UseCaseContext, organisationId: string): boolean =>
  (["org_viewer", "org_editor", "org_manager"] as const).some((role) =>
    holds(ctx.actor, role, { kind: "organisation", id: organisationId }),
  );

/**
 * An organisation writes down a need of its own: what for, one sum of money and the things it asks for, each
 * with its price. A draft that only the organisation sees. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless editor or manager of that organisation, NOT_FOUND for an unknown
 *   town, KIND_REFUSED
 */
export async function draftOrganisationNeed(
  ctx: UseCaseContext,
  input: OrganisationNeedInput,
): Promise<{ needId: string; code: string }> {
  const by = requireEditor(ctx, input.organisationId);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "draftOrganisationNeed", input, () =>
      writeOrganisationNeed(tx, ctx, input, { by, id: ctx.newId(), code: makeCode("W", ctx.randomBytes) }),
    ),
  );
}

async function writeOrganisationNeed(
  tx: Transaction,
  ctx: UseCaseContext,
  input: OrganisationNeedInput,
  { by, id, code }: Readonly<{ by: ActingRole; id: string; code: string }>,
) {
  const { userId } = requireUser(ctx.actor);
  await requireTown(tx, input.townCode);
  const need = { id, householdId: null, state: "draft" as const };

  await tx.insert(needs).values({
    ...need,
    code,
    kind: "organisation_need",
    townCode: input.townCode,
    organisationId: input.organisationId,
    wordsSealed: await sealWords(tx, ctx, need, { title: input.title, story: input.story }),
    filedBy: userId,
    createdAt: ctx.now(),
  });

  await writeBudget(tx, ctx, need, input);
  await recordBirth(tx, ctx, NEED, need, "draft", { by, needId: need.id });
  return { needId: need.id, code };
}

/**
 * Changes a draft or a returned need, words and budget; any editor of the organisation. A draft that was not
 * whole before becomes a need here, under the id and code that it has. Safe to repeat by request key.
 * @throws {DomainError} NOT_FOUND, NOT_ALLOWED for its viewers, WRONG_STATE, CHANGED_MEANWHILE when
 *   somebody saved it since the form was opened
 */
export async function editOrganisationNeed(
  ctx: UseCaseContext,
  needId: string,
  input: EditedOrganisationNeed,
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    once(tx, ctx, "editOrganisationNeed", { ...input, needId }, async () => {
      const [draft] = await tx
        .select()
        .from(unfinishedDrafts)
        .where(eq(unfinishedDrafts.id, needId))
        .for("update");
      const [known] = await tx.select({ id: needs.id }).from(needs).where(eq(needs.id, needId));

      if (!known && draft?.kind === "organisation_need" && draft.organisationId !== null) {
        if (!seesOrganisation(ctx, draft.organisationId)) throw new DomainError("NOT_FOUND");
        const by = requireEditor(ctx, draft.organisationId);
        requireUnchanged(input.version, ...(await draftVersions(tx, needId)));
        await dropUnfinished(tx, needId);
        await writeOrganisationNeed(
          tx,
          ctx,
          { ...input, organisationId: draft.organisationId },
          { by, id: needId, code: draft.code },
        );

        return;
      }

      const { need, by } = await ownOrganisationNeed(tx, ctx, needId);
      if (!["draft", "returned"].includes(need.state))
        throw new DomainError("WRONG_STATE", { state: need.state, event: "edit" });
      requireUnchanged(input.version, ...(await draftVersions(tx, needId)));
      await dropUnfinished(tx, needId);
      await requireTown(tx, input.townCode);
      await transition(tx, ctx, NEED, need, "edit", {
        by,
        needId,
        set: {
          townCode: input.townCode,
          wordsSealed: await sealWords(tx, ctx, need, { title: input.title, story: input.story }),
        },
      });

      await tx.delete(needLines).where(eq(needLines.needId, needId));
      await writeBudget(tx, ctx, need, input);
    }),
  );
}

/**
 * Sends it to the city: one operator checks certificate and budget, another publishes. @throws {DomainError}
 * CERTIFICATE_EXPIRED, NOT_WHOLE while its draft is not
 */
export async function submitOrganisationNeed(ctx: UseCaseContext, needId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { need, by } = await ownOrganisationNeed(tx, ctx, needId);
    if (await isUnfinished(tx, needId)) throw new DomainError("NOT_WHOLE");
    await requireCertificate(tx, ctx, need.organisationId);
    await transition(tx, ctx, NEED, need, "submit", {
      by,
      needId,
      set: { filedAt: need.filedAt ?? ctx.now(), ...(await waits(tx, ctx)) },
    });
  });
}

async function requireTown(tx: Transaction, code: string): Promise<void> {
  const [town] = await tx.select({ code: towns.code }).from(towns).where(eq(towns.code, code));
  if (!town) throw new DomainError("NOT_FOUND");
}

/** The one money line first, counted in fen at the price of one, then the things. */
async function writeBudget(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Pick<Need, "id" | "householdId">,
  { moneyFor, moneyFen, lines }: OrganisationNeedInput,
): Promise<void> {
  await tx.insert(needLines).values({
    id: ctx.newId(),
    needId: need.id,
    position: 1,
    kind: "money",
    objectKind: null,
    itemHans: moneyFor,
    itemHant: traditional(moneyFor),
    unitCode: "fen",
    unitPriceFen: 1n,
    requested: moneyFen,
  });

  await writeLines(tx, ctx, need, lines, 2);
}
