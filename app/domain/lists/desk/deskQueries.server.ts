import { and, asc, eq, gt, ilike, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { unseal } from "~/domain/kernel/sealing.server";
import { readWholeNumber } from "~/domain/kernel/typed/readNumber";
import {
  itemReports,
  type ItemState,
  listItems,
  type ListName,
  listParameters,
  listRules,
} from "~db/schema/directory";
import { appUsers } from "~db/schema/identity";
import { isStale, staleBefore } from "./freshness";
import { requireListKeeper } from "./listKeeper.server";
import { wordsPlace } from "./reportItem.server";

const QUEUE_PAGE = 20;
const STALE_PAGE = 10;
const BROWSE_PAGE = 40;

const NAMES = {
  code: listItems.code,
  nameHans: listItems.name,
  nameHant: listItems.nameHant,
  nameEn: listItems.nameEn,
};

/** Open reports with their words, what is due first in front; of one item or of all. */
export async function openReports(ctx: UseCaseContext, itemCode?: string) {
  requireListKeeper(ctx);
  const rows = await ctx.db
    .select({
      id: itemReports.id,
      kind: itemReports.kind,
      wordsSealed: itemReports.wordsSealed,
      createdAt: itemReports.createdAt,
      dueAt: itemReports.dueAt,
      item: NAMES,
    })
    .from(itemReports)
    .innerJoin(listItems, eq(listItems.code, itemReports.itemCode))
    .where(
      and(
        eq(itemReports.state, "open"),
        itemCode === undefined ? undefined : eq(itemReports.itemCode, itemCode),
      ),
    )
    .orderBy(asc(itemReports.dueAt), asc(itemReports.id))
    .limit(QUEUE_PAGE);
  return rows.map(({ wordsSealed, ...row }) => ({
    ...row,
    isLate: row.dueAt !== null && row.dueAt < ctx.now(),
    words: wordsSealed === null ? null : unseal(ctx.keys, wordsPlace(row.id), wordsSealed),
  }));
}

/** Where a page of stale items goes on: the day of the last one's check, and its id. */
type StaleKey = Readonly<{ checkedAt: Date | null; id: string }>;

/** Reads `2026-01-05T…Z_id` or `never_id`; undefined when it is no such key. */
export function staleKey(text: string | null): StaleKey | undefined {
  const match = /^(never|[\d-]{10}T[\d:.]+Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? "");
  if (!match?.[1] || !match[2]) return undefined;
  const checkedAt = match[1] === "never" ? null : new Date(match[1]);
  return checkedAt !== null && Number.isNaN(checkedAt.getTime()) ? undefined : { checkedAt, id: match[2] };
}

const past = ({ checkedAt, id }: StaleKey): SQL | undefined =>
  checkedAt === null
    ? or(isNotNull(listItems.checkedAt), gt(listItems.id, id))
    : and(
        isNotNull(listItems.checkedAt),
        sql`(${listItems.checkedAt}, ${listItems.id}) > (${checkedAt.toISOString()}::timestamptz, ${id}::uuid)`,
      );

/** Published items that nobody checked for too long: never checked first, then the oldest check. */
async function staleItems(ctx: UseCaseContext, after: StaleKey | undefined, freshDays: number) {
  const tooOld = lt(listItems.checkedAt, staleBefore(ctx.now(), freshDays));
  const rows = await ctx.db
    .select({ id: listItems.id, ...NAMES, checkedAt: listItems.checkedAt })
    .from(listItems)
    .where(
      and(eq(listItems.state, "published"), or(isNull(listItems.checkedAt), tooOld), after && past(after)),
    )
    .orderBy(sql`${listItems.checkedAt} asc nulls first`, asc(listItems.id))
    .limit(STALE_PAGE + 1);
  return pageOf(rows, STALE_PAGE, (last) => `${last.checkedAt?.toISOString() ?? "never"}_${last.id}`);
}

/** Everything that waits for somebody who keeps the lists. */
export async function deskQueue(ctx: UseCaseContext, after?: StaleKey) {
  const { userId } = requireListKeeper(ctx);
  const freshDays = await limit(ctx.db, ctx, "itemFreshDays");
  const [reports, stale, rules, values, drafts] = await Promise.all([
    openReports(ctx),
    staleItems(ctx, after, freshDays),
    ctx.db
      .select({
        item: NAMES,
        edition: listRules.edition,
        state: listRules.state,
        draftedBy: listRules.draftedBy,
        writer: appUsers.displayName,
      })
      .from(listRules)
      .innerJoin(listItems, eq(listItems.code, listRules.itemCode))
      .leftJoin(appUsers, eq(appUsers.id, listRules.draftedBy))
      .where(inArray(listRules.state, ["draft", "tested"]))
      .orderBy(sql`${listRules.state} desc`, asc(listRules.createdAt))
      .limit(QUEUE_PAGE),
    ctx.db
      .select({
        id: listParameters.id,
        code: listParameters.code,
        value: listParameters.value,
        validFrom: listParameters.validFrom,
        proposedBy: listParameters.proposedBy,
      })
      .from(listParameters)
      .where(eq(listParameters.state, "proposed"))
      .orderBy(asc(listParameters.createdAt))
      .limit(QUEUE_PAGE),
    ctx.db
      .select({ id: listItems.id, ...NAMES })
      .from(listItems)
      .where(eq(listItems.state, "draft"))
      .orderBy(asc(listItems.sort))
      .limit(QUEUE_PAGE),
  ]);
  return {
    freshDays,
    reports,
    stale,
    rules: rules.map(({ draftedBy, ...row }) => ({ ...row, mine: draftedBy === userId })),
    values: values.map(({ proposedBy, ...row }) => ({ ...row, mine: proposedBy === userId })),
    drafts,
  };
}

export type BrowseFilter = Readonly<{
  q?: string | undefined;
  list?: ListName | undefined;
  state?: ItemState | undefined;
  after?: number | undefined;
}>;

/** Reads the place in the lists' order after which a page begins; undefined for what no item can have. */
export function sortKey(typed: string): number | undefined {
  const place = readWholeNumber(typed);
  return place !== undefined && place >= 0 && place < 2 ** 31 ? place : undefined;
}

/** All items of both lists in their order, or those that are searched for, each with its state. */
export async function browseItems(ctx: UseCaseContext, { q, list, state, after }: BrowseFilter) {
  requireListKeeper(ctx);
  const like = q && `%${q.replace(/[%_\\]/g, "\\$&")}%`;
  const freshDays = await limit(ctx.db, ctx, "itemFreshDays");
  const rows = await ctx.db
    .select({
      id: listItems.id,
      ...NAMES,
      list: listItems.list,
      state: listItems.state,
      category: listItems.category,
      inFinder: listItems.inFinder,
      checkedAt: listItems.checkedAt,
      sort: listItems.sort,
    })
    .from(listItems)
    .where(
      and(
        list && eq(listItems.list, list),
        state && eq(listItems.state, state),
        after === undefined ? undefined : gt(listItems.sort, after),
        like
          ? or(
              ...[
                listItems.code,
                listItems.name,
                listItems.nameEn,
                listItems.category,
                listItems.content,
              ].map((column) => ilike(column, like)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(listItems.sort))
    .limit(BROWSE_PAGE + 1);
  const page = pageOf(rows, BROWSE_PAGE, (last) => last.sort);
  return {
    rows: page.rows.map((row) => ({
      ...row,
      stale: row.state === "published" && isStale(row.checkedAt, ctx.now(), freshDays),
    })),
    next: page.next,
  };
}
