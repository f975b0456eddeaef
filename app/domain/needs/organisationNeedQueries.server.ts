import { and, asc, desc, eq, inArray, lt } from "drizzle-orm";
import { requireUser, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { yuanText } from "~/domain/kernel/money";
import { openedOn } from "~/domain/kernel/opened";
import { pageOf } from "~/domain/kernel/page";
import { organisationAt, organisationsAt } from "~/domain/register/register.server";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { seesOrganisation } from "./draftOrganisationNeed.server";
import { lineValues, type StoredDraft } from "./draftValues.server";
import { linesShown } from "./lineShown.server";
import { THING_ROWS, USUAL_UNIT } from "./thingRows";
import { draftVersions, readUnfinished, type TypedFields } from "./unfinished.server";
import { readDetails, readWords } from "./words.server";

const A_PAGE = 20;

/** The organisations in which somebody has a role. @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED */
async function myOrganisations(ctx: UseCaseContext) {
  requireUser(ctx.actor);
  const ids = (["org_viewer", "org_editor", "org_manager"] as const).flatMap((role) =>
    scopeIds(ctx.actor, role),
  );
  if (ids.length === 0) throw new DomainError("NOT_ALLOWED");
  const editable = new Set(
    (["org_editor", "org_manager"] as const).flatMap((role) => scopeIds(ctx.actor, role)),
  );
  const rows = await organisationsAt(ctx.db, ctx.now(), ids);
  return rows.map((organisation) => ({ ...organisation, editable: editable.has(organisation.id) }));
}

/** Their organisations and, by key, newest first, what those asked for and how it stands. */
export async function organisationHome(ctx: UseCaseContext, before?: string) {
  const own = await myOrganisations(ctx);
  const rows = await ctx.db
    .select({
      need: {
        id: needs.id,
        code: needs.code,
        state: needs.state,
        createdAt: needs.createdAt,
        filedAt: needs.filedAt,
        householdId: needs.householdId,
        wordsSealed: needs.wordsSealed,
      },
      moneyFen: needLines.requested,
    })
    .from(needs)
    .innerJoin(needLines, and(eq(needLines.needId, needs.id), eq(needLines.position, 1)))
    .where(
      and(
        inArray(
          needs.organisationId,
          own.map((organisation) => organisation.id),
        ),
        before === undefined ? undefined : lt(needs.id, before),
      ),
    )
    .orderBy(desc(needs.id))
    .limit(A_PAGE + 1);
  const page = pageOf(rows, A_PAGE, (last) => last.need.id);
  const named = await inTransaction(ctx, (tx) =>
    Promise.all(
      page.rows.map(async ({ need: { id, code, state, createdAt, filedAt, ...need }, moneyFen }) => {
        const words = await readWords(tx, ctx, { id, ...need });
        return { id, code, state, createdAt, filedAt, moneyFen, title: words?.title ?? code };
      }),
    ),
  );
  return {
    organisations: own,
    needs: named,
    next: page.next,
  };
}

/**
 * The organisations for which somebody may write a need. @throws {DomainError} NOT_ALLOWED when there is none
 */
export async function editableOrganisations(ctx: UseCaseContext) {
  const own = (await myOrganisations(ctx)).filter((organisation) => organisation.editable);
  if (own.length === 0) throw new DomainError("NOT_ALLOWED");
  return own;
}

/** A need as its organisation reads it; its words are unsealed beside it. */
const NEED = {
  id: needs.id,
  code: needs.code,
  state: needs.state,
  townCode: needs.townCode,
  householdId: needs.householdId,
  organisationId: needs.organisationId,
  reviewDueAt: needs.reviewDueAt,
  escalatedAt: needs.escalatedAt,
} as const;

/**
 * One need as its organisation sees it: words as filed, budget line by line, what the reviewer said when it
 * came back.
 */
export async function organisationNeedPage(ctx: UseCaseContext, needId: string) {
  requireUser(ctx.actor);
  const [row] = await ctx.db
    .select({ need: NEED, wordsSealed: needs.wordsSealed, town: towns })
    .from(needs)
    .innerJoin(towns, eq(towns.code, needs.townCode))
    .where(and(eq(needs.id, needId), eq(needs.kind, "organisation_need")));
  const organisation =
    row?.need.organisationId == null
      ? undefined
      : await organisationAt(ctx.db, ctx.now(), row.need.organisationId);
  if (!row || !organisation || !seesOrganisation(ctx, organisation.id)) throw new DomainError("NOT_FOUND");
  const { need, wordsSealed, town } = row;
  const { editable } = (await myOrganisations(ctx)).find((own) => own.id === organisation.id) ?? {
    editable: false,
  };
  const steps = await ctx.db
    .select({
      id: journal.id,
      event: journal.event,
      at: journal.occurredAt,
      role: journal.actorRole,
      reason: journal.reason,
    })
    .from(journal)
    .where(and(eq(journal.entity, "need"), eq(journal.entityId, needId)))
    .orderBy(asc(journal.id));
  return inTransaction(ctx, async (tx) => {
    const lines = await linesShown(tx, needId);
    return {
      need,
      town,
      organisation,
      editable,
      words: await readWords(tx, ctx, { ...need, wordsSealed }),
      lines: await Promise.all(
        lines.map(async ({ line, detailsSealed, unit }) => ({
          ...line,
          unit,
          details: await readDetails(tx, ctx, need, { id: line.id, detailsSealed }),
        })),
      ),
      steps,
    };
  });
}

const FIELDS = ["townCode", "title", "story", "moneyFor", "moneyFen"];
const A_BLANK: TypedFields = {
  ...Object.fromEntries(FIELDS.map((name) => [name, ""])),
  ...Object.fromEntries(
    Array.from({ length: THING_ROWS }, (_row, index) => [`lines[${index}].unitCode`, USUAL_UNIT]),
  ),
};

/**
 * A draft as it was typed, field by field, to go on with; whole or not. Once it was sent it can be read here,
 * not changed.
 * @throws {DomainError} NOT_FOUND for viewers and strangers
 */
export async function organisationNeedValues(
  ctx: UseCaseContext,
  needId: string,
): Promise<Omit<StoredDraft, "known">> {
  const opened = openedOn(...(await draftVersions(ctx.db, needId)));
  const unfinished = await readUnfinished(ctx, needId);
  const [known] = await ctx.db.select({ id: needs.id }).from(needs).where(eq(needs.id, needId));

  if (!known) {
    if (unfinished?.draft.kind !== "organisation_need") throw new DomainError("NOT_FOUND");
    return {
      values: { ...A_BLANK, ...unfinished.typed, organisationId: unfinished.draft.organisationId ?? "" },
      opened,
      isOpen: true,
      isUnfinished: true,
    };
  }

  const { need, words, lines, editable } = await organisationNeedPage(ctx, needId);
  const [money, ...things] = lines;
  if (!editable || !money) throw new DomainError("NOT_FOUND");
  const values: TypedFields = {
    ...A_BLANK,
    organisationId: need.organisationId ?? "",
    townCode: need.townCode,
    title: words?.title ?? "",
    story: words?.story ?? "",
    moneyFor: money.itemHans,
    moneyFen: yuanText(money.requested),
    ...Object.fromEntries(
      things.flatMap((line, index) =>
        Object.entries(lineValues(line)).map(([name, value]) => [`lines[${index}].${name}`, value]),
      ),
    ),
  };
  const isOpen = ["draft", "returned"].includes(need.state);
  return unfinished
    ? {
        values: { ...A_BLANK, ...unfinished.typed, organisationId: values["organisationId"] ?? "" },
        opened,
        isOpen,
        isUnfinished: true,
      }
    : { values, opened, isOpen, isUnfinished: false };
}
