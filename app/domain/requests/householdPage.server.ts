import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { householdKey } from "~/domain/households/dataKey.server";
import { readOpened, viewerAt } from "~/domain/households/openRecord.server";
import { MAY_OPEN } from "~/domain/households/visibility";
import { holds, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { ofTown } from "~/domain/kernel/moments/correct.server";
import { correctionsOf } from "~/domain/kernel/moments/entries.server";
import { unsealUnder } from "~/domain/kernel/sealing.server";
import { OPEN_WISH } from "~/domain/needs/states";
import { consents, households } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { recipientRequests } from "~db/schema/requests";
import { openMatters } from "./openMatters.server";

/**
 * A household as its staff see it: by code, with what it asked for and, once opened, its record and its
 * words. Who carries a parcel sees the record's part alone; an admin, who may erase it, sees codes and no
 * word of the person.
 * @throws {DomainError} NOT_FOUND for everybody else
 */
export async function householdPage(ctx: UseCaseContext, id: string) {
  const viewer = await viewerAt(ctx.db, ctx, id);
  const isAdmin = holds(ctx.actor, "admin");
  const mayOpen = MAY_OPEN[viewer].length > 0;
  if (!mayOpen && !isAdmin) throw new DomainError("NOT_FOUND");
  const [row] = await ctx.db
    .select({
      id: households.id,
      code: households.code,
      kind: households.kind,
      heads: households.heads,
      erasedAt: households.erasedAt,
      town: towns,
    })
    .from(households)
    .innerJoin(towns, eq(towns.code, households.townCode))
    .where(eq(households.id, id));
  if (!row) throw new DomainError("NOT_FOUND");
  const opened = mayOpen && row.erasedAt === null ? await readOpened(ctx, id) : undefined;
  const isStaff = viewer === "town" || viewer === "operator";
  const town = { kind: "town", id: row.town.code } as const;
  const isCaseworker = holds(ctx.actor, "caseworker", town);
  const lives = row.erasedAt === null;
  return {
    household: row,
    opened,
    needs: isStaff || isAdmin ? await needsOf(ctx, id) : [],
    consents: isStaff || viewer === "auditor" ? await consentsOf(ctx, id) : [],
    openWishes: isCaseworker && lives ? await openWishesOf(ctx, id) : [],
    requests:
      isStaff || isAdmin ? await requestsOf(ctx, row, { readable: isStaff && opened !== undefined }) : [],
    erased: lives ? undefined : await erasureOf(ctx, id),
    may: {
      open: mayOpen && lives,
      seeNeeds: isStaff,
      ask: isCaseworker && lives,
      close: (isCaseworker || holds(ctx.actor, "town_reviewer", town)) && lives,
      correct: isCaseworker && opened !== undefined,
      erase: isAdmin && lives,
    },
    inTheWay: isAdmin && lives ? await openMatters(ctx.db, id) : [],
  };
}

const needsOf = (ctx: UseCaseContext, householdId: string) =>
  ctx.db
    .select({ id: needs.id, code: needs.code, state: needs.state })
    .from(needs)
    .where(eq(needs.householdId, householdId))
    .orderBy(asc(needs.id));

/** Wishes that a request may be about, by the first thing each asks for. */
const openWishesOf = (ctx: UseCaseContext, householdId: string) =>
  ctx.db
    .select({ id: needs.id, code: needs.code, item: needLines.itemHans })
    .from(needs)
    .innerJoin(needLines, and(eq(needLines.needId, needs.id), eq(needLines.position, 1)))
    .where(and(eq(needs.householdId, householdId), inArray(needs.state, [...OPEN_WISH])))
    .orderBy(asc(needs.id));

const consentsOf = (ctx: UseCaseContext, householdId: string) =>
  ctx.db
    .select({
      id: consents.id,
      scope: consents.scope,
      givenAt: consents.givenAt,
      withdrawnAt: consents.withdrawnAt,
    })
    .from(consents)
    .where(eq(consents.householdId, householdId))
    .orderBy(asc(consents.id));

/** A request as its page reads it; its words are unsealed beside it. */
const REQUEST = {
  id: recipientRequests.id,
  kind: recipientRequests.kind,
  state: recipientRequests.state,
  outcome: recipientRequests.outcome,
  occurredAt: recipientRequests.occurredAt,
  dueAt: recipientRequests.dueAt,
  escalatedAt: recipientRequests.escalatedAt,
  closedAt: recipientRequests.closedAt,
} as const;

type Asking = Readonly<{ id: string; erasedAt: Date | null; town: Readonly<{ code: string }> }>;

/** What was asked, newest first; the words only for who has the record open. */
async function requestsOf(ctx: UseCaseContext, household: Asking, { readable }: { readable: boolean }) {
  const { userId } = requireUser(ctx.actor);
  const closer = alias(appUsers, "closer");
  const rows = await ctx.db
    .select({
      request: REQUEST,
      wordsSealed: recipientRequests.wordsSealed,
      answerSealed: recipientRequests.answerSealed,
      recorderId: recipientRequests.recordedBy,
      need: { id: needs.id, code: needs.code },
      recordedBy: appUsers.displayName,
      closedBy: closer.displayName,
    })
    .from(recipientRequests)
    .innerJoin(appUsers, eq(appUsers.id, recipientRequests.recordedBy))
    .leftJoin(closer, eq(closer.id, recipientRequests.closedBy))
    .leftJoin(needs, eq(needs.id, recipientRequests.needId))
    .where(eq(recipientRequests.householdId, household.id))
    .orderBy(desc(recipientRequests.id));
  const ids = rows.map(({ request }) => request.id);
  const corrections = await correctionsOf(ctx.db, "recipient_request", ids);
  const mayCorrect = ofTown(ctx, household.town.code) !== undefined;
  return inTransaction(ctx, async (tx) => {
    const unsealed = readable ? await reader(tx, ctx, household.id) : () => undefined;
    return rows.map(({ request, wordsSealed, answerSealed, recorderId, need, recordedBy, closedBy }) => ({
      ...request,
      need,
      recordedBy,
      closedBy,
      moments: mayCorrect
        ? [{ step: "asked" as const, id: request.id, at: request.occurredAt, mine: recorderId === userId }]
        : [],
      corrections: corrections.filter(({ of }) => of === request.id),
      hasWords: household.erasedAt === null && (wordsSealed !== null || answerSealed !== null),
      words: unsealed(`recipient_request.words:${request.id}`, wordsSealed),
      answer: unsealed(`recipient_request.answer:${request.id}`, answerSealed),
    }));
  });
}

async function reader(tx: Transaction, ctx: UseCaseContext, householdId: string) {
  const key = await householdKey(tx, ctx, householdId);
  return (place: string, sealed: string | null) =>
    key && sealed !== null ? unsealUnder(key, place, sealed) : undefined;
}

async function erasureOf(ctx: UseCaseContext, householdId: string) {
  const [step] = await ctx.db
    .select({ at: journal.recordedAt, role: journal.actorRole, reason: journal.reason })
    .from(journal)
    .where(
      and(
        eq(journal.entity, "household"),
        eq(journal.entityId, householdId),
        eq(journal.event, "household.erase"),
      ),
    );
  return step;
}
