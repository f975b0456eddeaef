import { setImmediate as breath } from "node:timers/promises";
import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { foldedWord } from "~/domain/kernel/typed/signs";
import { paths } from "~/paths";
import { ApiInfo, HSDS_VERSION, type HsdsParameters } from "./endpoints";
import {
  codeOfService,
  publishedCategories,
  publishedCodes,
  publishedItems,
  publishedOrganizations,
  surroundingsAt,
} from "./queries.server";
import type { Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm } from "./shapes";
import { allTerms, TAXONOMIES } from "./taxonomies.server";
import { serviceAtLocations, toService } from "./toService.server";

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
  const surroundings = await surroundingsAt(ctx.db, ctx.now());
  const form = (service: Service): Service =>
    minimal === "true"
      ? only(service, ["id", "name", "status", "last_modified"])
      : full === "true"
        ? service
        : only(service, LIST_KEYS);
  return {
    keys: await publishedCodes(ctx.db, filter),
    read: async (codes) => {
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
  return toService(await itemOf(ctx, id), await surroundingsAt(ctx.db, ctx.now()));
}

async function itemOf(ctx: UseCaseContext, serviceId: string) {
  const code = await codeOfService(ctx.db, serviceId);
  const [item] = await publishedItems(ctx.db, code === undefined ? [] : [code]);
  if (!item) throw new DomainError("NOT_FOUND");
  return item;
}

/** Where the published items are had; `full` with what belongs to each place. */
export async function listServiceAtLocations(
  ctx: UseCaseContext,
  { full, ...filter }: HsdsParameters,
): Promise<Listing<ServiceAtLocation>> {
  const codes = await publishedCodes(ctx.db, filter);
  const all = (await publishedItems(ctx.db, codes)).flatMap(serviceAtLocations);
  const forms = all.map((one) =>
    full === "true" || one.location === undefined
      ? one
      : { ...one, location: only(one.location, ["id", "location_type", "url", "name"]) },
  );
  return inMemory(forms);
}

/** @throws {DomainError} NOT_FOUND */
export async function readServiceAtLocation(ctx: UseCaseContext, id: string): Promise<ServiceAtLocation> {
  const all = (await publishedItems(ctx.db, await publishedCodes(ctx.db, {}))).flatMap(serviceAtLocations);
  return found(all, id);
}

/** Whoever provides a published item. */
export async function listOrganizations(
  ctx: UseCaseContext,
  { search }: HsdsParameters,
): Promise<Listing<Organization>> {
  return inMemory(
    (await publishedOrganizations(ctx.db)).filter(({ name, alternate_name = "" }) =>
      matches(search, name, alternate_name),
    ),
  );
}

/** @throws {DomainError} NOT_FOUND */
export async function readOrganization(ctx: UseCaseContext, id: string): Promise<Organization> {
  return found(await publishedOrganizations(ctx.db), id);
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
