import { setImmediate as breath } from "node:timers/promises";
import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { foldedWord } from "~/domain/kernel/typed/signs";
import { paths } from "~/paths";
import { ApiInfo, HSDS_VERSION, type HsdsParameters } from "./endpoints";
import { itemPlacesOf } from "./parts";
import {
  codeOfService,
  eachPublished,
  publishedCategories,
  publishedCodes,
  publishedItems,
  publishedProviders,
  surroundingsAt,
} from "./queries.server";
import type { Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm } from "./shapes";
import { allTerms, TAXONOMIES } from "./taxonomies.server";
import { providerOf, serviceAtLocations, toService } from "./toService.server";

/** The specification that we follow, without additions of our own. */
const PROFILE = "https://github.com/openreferral/specification/tree/3.0";

/**
 * All results of a question by their keys, read some at a time: for a page, or one after the other for a
 * stream.
 */
export type Listing<Record> = Readonly<{
  keys: readonly string[];
  read: (keys: readonly string[]) => Promise<readonly Record[]>;
}>;

export function apiInfo({ publicUrl }: UseCaseContext): z.infer<typeof ApiInfo> {
  return {
    version: HSDS_VERSION,
    profile: PROFILE,
    openapi_url: publicUrl + paths("zh-Hans").hsdsApi("/openapi.json"),
  };
}

const LIST_KEYS = [
  "id",
  "name",
  "description",
  "url",
  "status",
  "application_process",
  "eligibility_description",
  "minimum_age",
  "maximum_age",
  "assured_date",
  "last_modified",
  "organization",
  "program",
] as const satisfies readonly (keyof Service)[];

const only = <Record extends object, Key extends keyof Record>(
  record: Record,
  keys: readonly Key[],
): Pick<Record, Key> =>
  Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]]))) as Pick<
    Record,
    Key
  >;

/** Records written in one turn of the process: few, so that others have theirs. */
const AT_ONCE = 5;

/**
 * Published items as services: with what has one value only, with everything, or with little more than
 * their ids.
 */
export async function listServices(
  ctx: UseCaseContext,
  { minimal, full, ...filter }: HsdsParameters,
): Promise<Listing<Service>> {
  const form = (service: Service): Service =>
    minimal === "true"
      ? only(service, ["id", "name", "status", "last_modified"])
      : full === "true"
        ? service
        : only(service, LIST_KEYS);
  return {
    keys: await publishedCodes(ctx.db, filter),
    read: async (codes) => {
      const surroundings = await surroundingsAt(ctx.db, ctx.now(), codes);
      const services: Service[] = [];

      for (const item of await publishedItems(ctx.db, codes)) {
        services.push(form(toService(item, surroundings)));
        // Whoever else is answered meanwhile needs several turns, and each must be short.
        if (services.length % AT_ONCE === 0) await breath();
      }

      return services;
    },
  };
}

/** @throws {DomainError} NOT_FOUND */
export async function publishedService(ctx: UseCaseContext, id: string): Promise<Service> {
  const item = await itemOf(ctx, id);
  return toService(item, await surroundingsAt(ctx.db, ctx.now(), [item.code]));
}

async function itemOf(ctx: UseCaseContext, serviceId: string) {
  const code = await codeOfService(ctx.db, serviceId);
  const [item] = await publishedItems(ctx.db, code === undefined ? [] : [code]);
  if (!item) throw new DomainError("NOT_FOUND");
  return item;
}

/**
 * Where the published items are had; `full` with what belongs to each place. Items are read a batch at a
 * time: of all that are not asked for only their keys are held.
 */
export async function listServiceAtLocations(
  ctx: UseCaseContext,
  { full, ...filter }: HsdsParameters,
): Promise<Listing<ServiceAtLocation>> {
  const codes = await publishedCodes(ctx.db, filter);
  const keys: string[] = [];

  for (let from = 0; from < codes.length; from += ITEMS_COUNTED) {
    for (const item of await publishedItems(ctx.db, codes.slice(from, from + ITEMS_COUNTED)))
      for (const [index] of itemPlacesOf(item).entries()) keys.push(placeKey(item.code, index));
    await breath();
  }

  const form = (one: ServiceAtLocation): ServiceAtLocation =>
    full === "true" || one.location === undefined
      ? one
      : { ...one, location: only(one.location, ["id", "location_type", "url", "name"]) };
  return {
    keys,
    read: async (wanted) => {
      const items = await publishedItems(ctx.db, [...new Set(wanted.map(codeOfPlace))]);
      const byKey = new Map(
        items.flatMap((item) =>
          serviceAtLocations(item).map((one, index) => [placeKey(item.code, index), one] as const),
        ),
      );
      return wanted.flatMap((key) => byKey.get(key) ?? []).map(form);
    },
  };
}

/** Items whose places are counted in one turn of the process. */
const ITEMS_COUNTED = 100;

/** A place of an item: its number, then the item's code. */
const placeKey = (code: string, index: number) => `${index} ${code}`;
const codeOfPlace = (key: string) => key.slice(key.indexOf(" ") + 1);

/** @throws {DomainError} NOT_FOUND */
export async function readServiceAtLocation(ctx: UseCaseContext, id: string): Promise<ServiceAtLocation> {
  for await (const item of eachPublished(ctx.db)) {
    const at = serviceAtLocations(item).find((one) => one.id === id.toLowerCase());
    if (at) return at;
  }

  throw new DomainError("NOT_FOUND");
}

/** Whoever provides a published item. */
export async function listOrganizations(
  ctx: UseCaseContext,
  { search }: HsdsParameters,
): Promise<Listing<Organization>> {
  const providers = (await publishedProviders(ctx.db)).filter(({ name, alternateName }) =>
    matches(search, name, alternateName),
  );
  const codes = new Map(providers.map(({ id, code }) => [id, code]));
  return {
    keys: providers.map(({ id }) => id),
    read: async (ids) => {
      const items = await publishedItems(
        ctx.db,
        ids.flatMap((id) => codes.get(id) ?? []),
      );
      return items.flatMap((item) => providerOf(item) ?? []);
    },
  };
}

/** @throws {DomainError} NOT_FOUND */
export async function readOrganization(ctx: UseCaseContext, id: string): Promise<Organization> {
  for await (const item of eachPublished(ctx.db)) {
    const organization = providerOf(item);
    if (organization?.id === id.toLowerCase()) return organization;
  }

  throw new DomainError("NOT_FOUND");
}

export const listTaxonomies = ({ search }: HsdsParameters): Listing<Taxonomy> =>
  inMemory(TAXONOMIES.filter(({ name, description }) => matches(search, name, description)));

/** @throws {DomainError} NOT_FOUND */
export const readTaxonomy = (id: string): Taxonomy => found(TAXONOMIES, id);

/** Every term, or those of one taxonomy. */
export async function listTaxonomyTerms(
  ctx: UseCaseContext,
  { search, taxonomy_id }: HsdsParameters,
): Promise<Listing<TaxonomyTerm>> {
  const terms = allTerms(await publishedCategories(ctx.db));
  const wanted = taxonomy_id?.toLowerCase();
  return inMemory(
    terms.filter(
      (term) =>
        (wanted === undefined || term.taxonomy_id === wanted) && matches(search, term.name, term.description),
    ),
  );
}

/** @throws {DomainError} NOT_FOUND */
export async function readTaxonomyTerm(ctx: UseCaseContext, id: string): Promise<TaxonomyTerm> {
  return found(allTerms(await publishedCategories(ctx.db)), id);
}

const matches = (search: string | undefined, ...texts: readonly string[]) =>
  search === undefined || texts.some((text) => foldedWord(text).includes(foldedWord(search)));

function found<Record extends { id: string }>(records: readonly Record[], id: string): Record {
  const record = records.find((one) => one.id === id.toLowerCase());
  if (record === undefined) throw new DomainError("NOT_FOUND");
  return record;
}

function inMemory<Record extends { id: string }>(records: readonly Record[]): Listing<Record> {
  const byId = new Map(records.map((record) => [record.id, record]));
  return {
    keys: [...byId.keys()],
    read: (keys) => Promise.resolve(keys.flatMap((key) => byId.get(key) ?? [])),
  };
}
