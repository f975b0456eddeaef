import {
  and,
  arrayContains,
  asc,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  like,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { inBatches } from "~/domain/kernel/batches";
import type { Database, Transaction } from "~/domain/kernel/context.server";
import { parametersAt, rulesInForce } from "~/domain/lists/inForce.server";
import { listItems } from "~db/schema/directory";
import type { Audience, LifeSituation } from "~db/schema/factVocabulary";
import { towns } from "~db/schema/reference";
import type { HsdsParameters } from "./endpoints";
import { serviceIdOf } from "./ids.server";
import type { TaxonomyTerm } from "./shapes";
import { allTerms, TAXONOMIES, type TaxonomyName } from "./taxonomies.server";
import { type ListItem, providerOf, type Surroundings } from "./toService.server";

type Reader = Database | Transaction;

/** Towns, dated values and the rules of these items, else of all, as they are in force at that moment. */
export async function surroundingsAt(
  db: Reader,
  at: Date,
  itemCodes?: readonly string[],
): Promise<Surroundings> {
  const named = await db
    .select({ code: towns.code, name: towns.nameHans })
    .from(towns)
    .orderBy(asc(towns.sort));
  const rules = await rulesInForce(db, at, itemCodes);
  return {
    towns: named,
    rules: new Map(rules.map((rule) => [rule.itemCode, rule])),
    parameters: rules.length > 0 ? await parametersAt(db, at) : undefined,
  };
}

const published = eq(listItems.state, "published");
const escaped = (text: string) => text.replace(/[%_\\]/g, "\\$&");

export type ServiceFilter = Pick<
  HsdsParameters,
  "search" | "taxonomy_term_id" | "taxonomy_id" | "organization_id" | "modified_after"
>;

/**
 * Codes of the published items that a question means, in an order that stays the same from page to page.
 */
export async function publishedCodes(db: Database, filter: ServiceFilter): Promise<string[]> {
  const found = await db
    .select({ code: listItems.code })
    .from(listItems)
    .where(and(published, ...(await conditions(db, filter))));
  return found.map(({ code }) => code).sort();
}

async function conditions(
  db: Database,
  { search, taxonomy_term_id, taxonomy_id, organization_id, modified_after }: ServiceFilter,
): Promise<(SQL | undefined)[]> {
  const nothing = sql`false`;
  const wanted: (SQL | undefined)[] = [];

  if (search) {
    const words = `%${escaped(search)}%`;

    wanted.push(
      or(
        ...[
          listItems.name,
          listItems.content,
          listItems.targetGroup,
          listItems.category,
          listItems.provider,
        ].map((column) => ilike(column, words)),
      ),
    );
  }

  // An item that was imported carries the day of its source; for whoever follows us it is new when it came.
  if (modified_after)
    wanted.push(
      gte(
        sql`greatest(${listItems.createdAt}, ${listItems.updatedAt})`,
        new Date(modified_after).toISOString(),
      ),
    );
  if (organization_id) {
    const own: string[] = [];
    for await (const item of eachPublished(db))
      if (providerOf(item)?.id.toLowerCase() === organization_id.toLowerCase()) own.push(item.code);
    wanted.push(own.length === 0 ? nothing : inArray(listItems.code, own));
  }

  if (taxonomy_term_id) {
    const term = allTerms(await publishedCategories(db)).find(
      ({ id }) => id === taxonomy_term_id.toLowerCase(),
    );
    wanted.push(term === undefined ? nothing : filedUnder(term));
  }

  if (taxonomy_id) {
    const taxonomy = TAXONOMIES.find(({ id }) => id === taxonomy_id.toLowerCase());
    wanted.push(taxonomy === undefined ? nothing : filedIn(taxonomy.name as TaxonomyName));
  }

  return wanted;
}

/** Our terms always have a code and a taxonomy. */
function filedUnder({ taxonomy, code = "" }: TaxonomyTerm): SQL | undefined {
  switch (taxonomy as TaxonomyName) {
    case "zs-list":
      return eq(listItems.list, code as ListItem["list"]);
    case "zs-category":
      return or(eq(listItems.category, code), like(listItems.category, `${escaped(code)}/%`));
    case "zs-audience":
      return arrayContains(listItems.audiences, [code as Audience]);
    case "zs-situation":
      return arrayContains(listItems.situations, [code as LifeSituation]);
    case "zs-translation":
      return ne(code === "name:en" ? listItems.nameEn : listItems.nameHant, listItems.name);
  }
}

function filedIn(taxonomy: TaxonomyName): SQL | undefined {
  switch (taxonomy) {
    case "zs-list":
      return undefined;
    case "zs-category":
      return ne(listItems.category, "");
    case "zs-audience":
      return sql`cardinality(${listItems.audiences}) > 0`;
    case "zs-situation":
      return sql`cardinality(${listItems.situations}) > 0`;
    case "zs-translation":
      return or(ne(listItems.nameEn, listItems.name), ne(listItems.nameHant, listItems.name));
  }
}

/** The published items with these codes, in the order of the codes. */
export async function publishedItems(db: Database, codes: readonly string[]): Promise<ListItem[]> {
  if (codes.length === 0) return [];
  const rows = await db
    .select()
    .from(listItems)
    .where(and(published, inArray(listItems.code, [...codes])));
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return codes.flatMap((code) => byCode.get(code) ?? []);
}

/**
 * Which item has this HSDS id. Ids made from codes cannot be turned back, so each is made again and
 * compared: some thousands take milliseconds.
 */
export async function codeOfService(db: Database, id: string): Promise<string | undefined> {
  const rows = await db
    .select({ code: listItems.code, hsdsId: listItems.hsdsId })
    .from(listItems)
    .where(published);
  return rows.find((row) => serviceIdOf(row) === id.toLowerCase())?.code;
}

/** Whole items that are held at once, with whatever their sources said of them. */
const ITEMS_AT_ONCE = 200;

/** Every published item in the order of the codes, a batch in memory at a time. */
export async function* eachPublished(db: Database): AsyncGenerator<ListItem> {
  const batches = inBatches(ITEMS_AT_ONCE, (last: ListItem | undefined) =>
    db
      .select()
      .from(listItems)
      .where(and(published, last && gt(listItems.code, last.code)))
      .orderBy(asc(listItems.code))
      .limit(ITEMS_AT_ONCE),
  );
  for await (const items of batches) yield* items;
}

/** Whoever provides a published item, by the item that describes them. */
export type Provider = Readonly<{ id: string; name: string; alternateName: string; code: string }>;

/**
 * Whoever provides published items, each once, by name: of one that several sources describe, by the first
 * item.
 */
export async function publishedProviders(db: Database): Promise<Provider[]> {
  const byId = new Map<string, Provider>();

  for await (const item of eachPublished(db)) {
    const organization = providerOf(item);
    if (organization && !byId.has(organization.id))
      byId.set(organization.id, {
        id: organization.id,
        name: organization.name,
        alternateName: organization.alternate_name ?? "",
        code: item.code,
      });
  }

  return [...byId.values()].sort((one, other) =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : one.id < other.id ? -1 : 1,
  );
}

export async function publishedCategories(db: Database): Promise<string[]> {
  const rows = await db
    .selectDistinct({ category: listItems.category })
    .from(listItems)
    .where(and(published, ne(listItems.category, "")));
  return rows.map(({ category }) => category);
}
