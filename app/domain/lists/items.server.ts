import { and, arrayContains, arrayOverlaps, asc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { isStale } from "~/domain/lists/desk/freshness";
import { searchLists } from "~/domain/lists/search/itemIndex.server";
import { type Locale, nameIn } from "~/i18n/locales";
import { listItems } from "~db/schema/directory";
import { servicePoints, towns } from "~db/schema/reference";
import { listsInForce } from "./inForce.server";
import type { ListFilter } from "./listFilter";
import { publishedItem } from "./published.server";

const PAGE_SIZE = 20;

type Item = typeof listItems.$inferSelect;

/** Chinese prose in the reader's script; English readers get the original. */
const proseIn = (locale: Locale, text: string): string => (locale === "zh-Hant" ? traditional(text) : text);

export const itemName = (locale: Locale, item: Pick<Item, "name" | "nameHant" | "nameEn">): string =>
  nameIn(locale, { nameHans: item.name, nameHant: item.nameHant, nameEn: item.nameEn });

function conditions(filter: ListFilter, except?: keyof ListFilter): SQL[] {
  const found: (SQL | undefined)[] = [eq(listItems.state, "published")];
  if (filter.list) found.push(eq(listItems.list, filter.list));
  if (filter.situation && except !== "situation")
    found.push(arrayContains(listItems.situations, [filter.situation]));
  if (filter.audience && except !== "audience")
    found.push(arrayContains(listItems.audiences, [filter.audience]));
  if (filter.town)
    found.push(or(eq(listItems.townCodes, []), arrayOverlaps(listItems.townCodes, [filter.town])));
  if (filter.only) found.push(inArray(listItems.code, filter.only.split(".")));
  return found.filter((condition) => condition !== undefined);
}

/** How many items each value of a list-valued column has. */
const countEach = (
  ctx: UseCaseContext,
  column: typeof listItems.situations | typeof listItems.audiences,
  where: readonly SQL[],
) =>
  ctx.db
    .select({ value: sql<string>`word`, n: sql<number>`count(*)::int` })
    .from(sql`${listItems} cross join lateral unnest(${column}) word`)
    .where(and(...where))
    .groupBy(sql`word`);

/**
 * One page of the lists, in the order of the search or of the lists themselves, with how many there are and
 * what they could be narrowed by. `after` is the code of the last item of the page before; of one that is
 * not among them the answer knows nothing, and begins anew.
 */
export async function findItems(ctx: UseCaseContext, filter: ListFilter, after?: string) {
  const ranked = filter.q === undefined ? undefined : await searchLists(ctx, filter.q);
  const among = (where: SQL[]): SQL[] =>
    ranked === undefined
      ? where
      : [...where, ranked.length === 0 ? sql`false` : inArray(listItems.code, ranked)];
  const [rows, situations, audiences, freshDays] = await Promise.all([
    ctx.db
      .select({ code: listItems.code })
      .from(listItems)
      .where(and(...among(conditions(filter))))
      .orderBy(asc(listItems.sort)),
    countEach(ctx, listItems.situations, among(conditions(filter, "situation"))),
    countEach(ctx, listItems.audiences, among(conditions(filter, "audience"))),
    limit(ctx.db, ctx, "itemFreshDays"),
  ]);
  const found = new Set(rows.map((row) => row.code));
  const codes = ranked === undefined ? [...found] : ranked.filter((code) => found.has(code));
  const place = after === undefined ? -1 : codes.indexOf(after);
  const start = place + 1;
  const page = codes.slice(start, start + PAGE_SIZE);
  const shown =
    page.length === 0 ? [] : await ctx.db.select().from(listItems).where(inArray(listItems.code, page));
  const items = page
    .flatMap((code) => shown.filter((item) => item.code === code))
    .map((item) => asRow(ctx, item, freshDays));
  return {
    total: codes.length,
    after: place < 0 ? undefined : after,
    items,
    facets: { situation: situations, audience: audiences },
    next: start + PAGE_SIZE < codes.length ? page.at(-1) : undefined,
    previous: start === 0 ? undefined : start <= PAGE_SIZE ? "" : codes[start - PAGE_SIZE - 1],
  };
}

export type ListedItem = Readonly<{
  code: string;
  list: "government" | "social";
  name: string;
  targetGroup: string;
  content: string;
  stale: boolean;
}>;

const asRow = ({ locale, now }: UseCaseContext, item: Item, freshDays: number): ListedItem => ({
  code: item.code,
  list: item.list,
  name: itemName(locale, item),
  targetGroup: proseIn(locale, item.targetGroup),
  content: proseIn(locale, item.content),
  stale: isStale(item.checkedAt, now(), freshDays),
});

/**
 * Everything a reader may know of one published item, in their script: its texts, the rule in force and the
 * dated values it uses, where to go, and how old all of this is.
 * @throws {DomainError} NOT_FOUND for an item that is not published, or stands on the other list
 */
export async function itemPage(ctx: UseCaseContext, list: string, code: string, townCode?: string) {
  if (list !== "government" && list !== "social") throw new DomainError("NOT_FOUND");
  const item = await publishedItem(ctx.db, list, code);
  const [{ rules, parameters }, freshDays, places] = await Promise.all([
    listsInForce(ctx.db, ctx),
    limit(ctx.db, ctx, "itemFreshDays"),
    placesOf(ctx, item, townCode),
  ]);
  const rule = rules.find((inForce) => inForce.itemCode === code);
  const say = (text: string | null) => (text === null ? null : proseIn(ctx.locale, text));
  return {
    item: {
      code: item.code,
      list: item.list,
      name: itemName(ctx.locale, item),
      category: proseIn(ctx.locale, item.category),
      targetGroup: proseIn(ctx.locale, item.targetGroup),
      content: proseIn(ctx.locale, item.content),
      standard: say(item.standard),
      provider: proseIn(ctx.locale, item.provider),
      howToApply: say(item.howToApply),
      papers: item.papers.map((paper) => proseIn(ctx.locale, paper)),
      place: say(item.place),
      phone: item.phone,
      hours: item.hours,
      url: item.url,
      audiences: item.audiences,
      situations: item.situations,
      checkedAt: item.checkedAt,
      stale: isStale(item.checkedAt, ctx.now(), freshDays),
    },
    rule: rule ?? null,
    parameters,
    places,
  };
}

/** Service points where the item can be asked for: of one town, or of all towns in which it is offered. */
const placesOf = (ctx: UseCaseContext, item: Pick<Item, "townCodes">, townCode: string | undefined) =>
  ctx.db
    .select({
      point: servicePoints,
      town: { code: towns.code, nameHans: towns.nameHans, nameHant: towns.nameHant, nameEn: towns.nameEn },
    })
    .from(servicePoints)
    .innerJoin(towns, eq(towns.code, servicePoints.townCode))
    .where(
      and(
        item.townCodes.length > 0 ? inArray(servicePoints.townCode, item.townCodes) : undefined,
        townCode ? eq(servicePoints.townCode, townCode) : undefined,
      ),
    )
    .orderBy(asc(towns.sort));
