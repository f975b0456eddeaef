import { and, asc, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { finderItems } from "~/domain/finder/finderItems.server";
import { resultsOf } from "~/domain/finder/results";
import { readOpened } from "~/domain/households/openRecord.server";
import { holds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { openedOn } from "~/domain/kernel/opened";
import { shanghaiDay } from "~/domain/kernel/time";
import { HOUSEHOLD_FACTS } from "~/domain/rules/facts";
import { daysSince } from "~/i18n/format";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { householdFacts, householdMembers, pushes } from "~db/schema/screening";
import { factsFromRows } from "./factsRows";
import { benefitsOf, sheetVersions } from "./openedSheet.server";
import { grantedTo } from "./recognised";
import { sheetValues } from "./sheetForm";
import { withAge } from "./visitQuestions";

/** Facts asked on visits go stale soonest; a sheet says when the youngest of those limits is past. */
const FRESH_DAYS = Object.values(HOUSEHOLD_FACTS).reduce(
  (least, { freshDays }) => Math.min(least, freshDays),
  Infinity,
);

const charityGave = (ctx: UseCaseContext, householdId: string) =>
  ctx.db
    .select({
      lineId: needLines.id,
      code: needs.code,
      item: needLines.itemHans,
      quantity: needLines.delivered,
      kind: needLines.kind,
      at: sql<string>`max(${journal.occurredAt})`,
    })
    .from(needLines)
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .leftJoin(journal, and(eq(journal.lineId, needLines.id), eq(journal.bucketTo, "delivered")))
    .where(and(eq(needs.householdId, householdId), gt(needLines.delivered, sql`0`)))
    .groupBy(needLines.id, needs.code)
    .orderBy(asc(needs.code));

/**
 * A household's sheet for the people of its town: what it receives, what it is likely entitled to and does
 * not receive, with reasons and papers, and what charity gave. Facts are shown only while the record is
 * opened with a reason.
 * @throws {DomainError} NOT_FOUND for everybody outside the town, and for a group
 */
export async function householdSheet(ctx: UseCaseContext, householdId: string) {
  const [household] = await ctx.db
    .select({
      id: households.id,
      code: households.code,
      townCode: households.townCode,
      kind: households.kind,
      heads: households.heads,
      erasedAt: households.erasedAt,
    })
    .from(households)
    .where(eq(households.id, householdId));
  const town = { kind: "town", id: household?.townCode ?? "" } as const;
  if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (
    !household ||
    household.kind !== "household" ||
    !(holds(ctx.actor, "caseworker", town) || holds(ctx.actor, "town_reviewer", town))
  )
    throw new DomainError("NOT_FOUND");
  const opened = await readOpened(ctx, householdId);
  if (!opened) return { household, opened: undefined, mayWrite: holds(ctx.actor, "caseworker", town) };
  const [[row], rows, lists, benefits, gave, told] = await Promise.all([
    ctx.db.select().from(householdFacts).where(eq(householdFacts.householdId, householdId)),
    ctx.db
      .select()
      .from(householdMembers)
      .where(eq(householdMembers.householdId, householdId))
      .orderBy(asc(householdMembers.position)),
    finderItems(ctx),
    benefitsOf(ctx.db, householdId),
    charityGave(ctx, householdId),
    ctx.db
      .select()
      .from(pushes)
      .where(eq(pushes.householdId, householdId))
      .orderBy(desc(pushes.createdAt))
      .limit(20),
  ]);
  if (!row) throw new DomainError("NOT_FOUND");
  const today = shanghaiDay(ctx.now());
  const facts = factsFromRows(row, rows, today);
  const recorded = new Set(
    benefits.filter((benefit) => benefit.endedAt === null).map((benefit) => benefit.itemCode),
  );
  const granted = new Set(grantedTo(row.status).filter((code) => !recorded.has(code)));
  const received = new Set([...recorded, ...granted]);
  const named = (codes: ReadonlySet<string>) =>
    lists.items.filter((item) => codes.has(item.code)).map(({ code, list, name }) => ({ code, list, name }));
  const results = resultsOf(lists.items, facts, lists.parameters);
  // What nobody of such an age is, is no question either.
  const members = facts.members.map((member) => withAge(member, lists.parameters));
  const unsettled = new Set(
    resultsOf(lists.items, { ...facts, members }, lists.parameters).flatMap(({ verdict, item }) =>
      verdict === "not" ? [] : [item.code],
    ),
  );
  const likely = results.filter((result) => result.verdict === "likely" && !received.has(result.item.code));
  const papers =
    likely.length === 0
      ? []
      : await papersOf(
          ctx,
          likely.map((result) => result.item.code),
        );
  return {
    household,
    opened: { until: opened.until },
    mayRefer: holds(ctx.actor, "caseworker", town),
    parameters: lists.parameters,
    facts: {
      origin: row.origin,
      recordedAt: row.recordedAt,
      stale: row.origin === "visit" && daysSince(row.recordedAt, ctx.now()) > FRESH_DAYS,
      stored: {
        values: sheetValues(
          { row, members: rows, received: named(recorded).map((item) => item.code) },
          today,
        ),
        opened: openedOn(...sheetVersions(row, benefits)),
      },
    },
    received: named(recorded),
    /** Had by being recognised, though nobody wrote down that it is received. */
    granted: named(granted),
    likely: likely.map((result) => ({
      ...result,
      papers: papers.find((item) => item.code === result.item.code)?.papers ?? [],
    })),
    maybe: results.filter(
      ({ verdict, item }) => verdict === "maybe" && unsettled.has(item.code) && !received.has(item.code),
    ),
    /** What the questions of a visit are chosen by, in the browser too. */
    asking: { items: lists.items, parameters: lists.parameters, today },
    gave: gave.map((line) => ({ ...line, at: new Date(line.at) })),
    told: told.map((push) => ({
      id: push.id,
      state: push.state,
      at: push.createdAt,
      name: lists.items.find((item) => item.code === push.itemCode)?.name ?? push.itemCode,
    })),
  };
}

/**
 * The sheet's form as it stands now, for whoever has the record open.
 * @throws {DomainError} NOT_FOUND; RECORD_NOT_OPEN without an opened record, NOT_ALLOWED for those who do
 *   not write it
 */
export async function storedSheet(ctx: UseCaseContext, householdId: string) {
  const sheet = await householdSheet(ctx, householdId);
  if (!sheet.opened) throw new DomainError(sheet.mayWrite ? "RECORD_NOT_OPEN" : "NOT_ALLOWED");
  return sheet.facts.stored;
}

const papersOf = (ctx: UseCaseContext, codes: string[]) =>
  ctx.db
    .select({ code: listItems.code, papers: listItems.papers })
    .from(listItems)
    .where(inArray(listItems.code, codes));
