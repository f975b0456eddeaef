import { aliasedTable, and, asc, desc, eq, gt, isNull } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { readData } from "~/domain/kernel/journal/eventData";
import { limit } from "~/domain/kernel/limits.server";
import { openedOn } from "~/domain/kernel/opened";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { facetNames } from "~/domain/reference/queries.server";
import { listItems, listParameters, listRules } from "~db/schema/directory";
import { PARAMETER_CODES } from "~db/schema/factVocabulary";
import { appUsers, roleGrants } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { parametersAt } from "../inForce.server";
import { runCaseBook } from "./caseBook.server";
import { openReports } from "./deskQueries.server";
import { isStale } from "./freshness";
import { itemFormValues } from "./itemFormValues";
import { requireListKeeper } from "./listKeeper.server";
import { bodyOf, editionInForce, hasWrittenRule, openEdition, type RuleRow } from "./openRule.server";

const HISTORY = 12;

/** Who may answer for an item, and the towns it may be limited to: what its form chooses from. */
export async function itemChoices(ctx: UseCaseContext) {
  requireListKeeper(ctx);
  const [owners, { towns }] = await Promise.all([
    ctx.db
      .selectDistinct({ id: appUsers.id, displayName: appUsers.displayName })
      .from(roleGrants)
      .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
      .where(and(eq(roleGrants.role, "operator"), isNull(roleGrants.revokedAt), isNull(appUsers.disabledAt)))
      .orderBy(asc(appUsers.displayName)),
    facetNames(ctx),
  ]);
  return { owners, towns };
}

/**
 * An item as its keepers see it: texts, how old its check is, what is reported of it, its rule, and what
 * happened to it.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND
 */
export async function deskItemPage(ctx: UseCaseContext, code: string) {
  requireListKeeper(ctx);
  const checker = aliasedTable(appUsers, "checker");
  const [found] = await ctx.db
    .select({ item: listItems, checkedByName: checker.displayName })
    .from(listItems)
    .leftJoin(checker, eq(checker.id, listItems.checkedBy))
    .where(eq(listItems.code, code));
  if (!found) throw new DomainError("NOT_FOUND");
  const { item, checkedByName } = found;
  const [freshDays, reports, inForce, open, history] = await Promise.all([
    limit(ctx.db, ctx, "itemFreshDays"),
    openReports(ctx, code),
    editionInForce(ctx.db, code, ctx.now()),
    openEdition(ctx.db, code),
    ctx.db
      .select({
        id: journal.id,
        event: journal.event,
        at: journal.occurredAt,
        data: journal.data,
        who: appUsers.displayName,
      })
      .from(journal)
      .leftJoin(appUsers, eq(appUsers.id, journal.actorId))
      .where(and(eq(journal.entity, "list_item"), eq(journal.entityId, item.id)))
      .orderBy(desc(journal.entityVersion))
      .limit(HISTORY),
  ]);
  return {
    item,
    checkedByName,
    freshDays,
    isStale: isStale(item.checkedAt, ctx.now(), freshDays),
    stored: storedItem(item),
    reports,
    rule: inForce && { kind: inForce.kind, edition: inForce.edition },
    openRule: open && { state: open.state, edition: open.edition },
    history: history.map(({ data, ...row }) => ({
      ...row,
      changed: readData("list_item.edit", data).changed?.split(",") ?? [],
    })),
  };
}

/** An item's form as it stands; a name that is made anyway is left empty. */
const storedItem = (item: typeof listItems.$inferSelect) => ({
  values: itemFormValues(item, item.nameHant === traditional(item.name)),
  opened: openedOn(item.version),
});

/**
 * The rule of an item: the edition in force, those that come, and the one that is being written; the case
 * book of the last, or of the one in force, each case run by the values of its day, or of today.
 * @throws {DomainError} NOT_ALLOWED, NOT_FOUND
 */
export async function rulePage(ctx: UseCaseContext, code: string) {
  const { userId } = requireListKeeper(ctx);
  const [item] = await ctx.db.select().from(listItems).where(eq(listItems.code, code));
  if (!item) throw new DomainError("NOT_FOUND");
  const [parameters, inForce, coming, open] = await Promise.all([
    parametersAt(ctx.db, ctx.now()),
    editionInForce(ctx.db, code, ctx.now()),
    ctx.db
      .select()
      .from(listRules)
      .where(
        and(
          eq(listRules.itemCode, code),
          eq(listRules.state, "approved"),
          gt(listRules.effectiveFrom, ctx.now()),
        ),
      )
      .orderBy(asc(listRules.effectiveFrom), asc(listRules.edition)),
    openEdition(ctx.db, code),
  ]);
  const draft = open && {
    ...shown(open),
    state: open.state,
    version: open.version,
    mine: await hasWrittenRule(ctx.db, open, userId),
    writer: await nameOf(ctx, open.draftedBy),
  };
  const holds = inForce && shown(inForce);
  const body = (draft ?? holds)?.body;
  const run = body?.kind === "rule" ? await runCaseBook(ctx.db, body, parameters) : undefined;
  return { item, parameters, inForce: holds, coming: coming.map(shown), draft, run, today: ctx.now() };
}

const shown = (row: RuleRow) => ({
  edition: row.edition,
  effectiveFrom: row.effectiveFrom,
  body: bodyOf(row),
});

async function nameOf(ctx: UseCaseContext, userId: string | null): Promise<string> {
  if (userId === null) return "";
  const [user] = await ctx.db
    .select({ name: appUsers.displayName })
    .from(appUsers)
    .where(eq(appUsers.id, userId));
  return user?.name ?? "";
}

/**
 * Every dated value with what holds now, what was before and what is proposed, newest first. @throws
 * {DomainError} NOT_ALLOWED
 */
export async function valuesPage(ctx: UseCaseContext) {
  const { userId } = requireListKeeper(ctx);
  const [proposer, approver] = [aliasedTable(appUsers, "proposer"), aliasedTable(appUsers, "approver")];
  const rows = await ctx.db
    .select({ row: listParameters, proposer: proposer.displayName, approver: approver.displayName })
    .from(listParameters)
    .leftJoin(proposer, eq(proposer.id, listParameters.proposedBy))
    .leftJoin(approver, eq(approver.id, listParameters.approvedBy))
    .orderBy(desc(listParameters.validFrom), desc(listParameters.createdAt));
  return PARAMETER_CODES.map((code) => {
    const history = rows
      .filter(({ row }) => row.code === code)
      .map(({ row, ...names }) => ({
        ...row,
        ...names,
        mine: row.proposedBy === userId,
        isComing: row.state === "approved" && row.validFrom > ctx.now(),
      }));
    return {
      code,
      inForceId: history.find((row) => row.state === "approved" && row.validFrom <= ctx.now())?.id,
      history,
    };
  });
}
