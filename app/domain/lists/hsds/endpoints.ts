import { z } from "zod";
import { Organization, Service, ServiceAtLocation, type ShapeName, Taxonomy, TaxonomyTerm } from "./shapes";

export const HSDS_VERSION = "3.0";
export const MOST_PER_PAGE = 100;

const Flag = z.enum(["true", "false"]).default("false");

/** What may be asked, each with what it must be: the words of a refusal, and of the OpenAPI document. */
const PARAMETERS = {
  search: { shape: z.string().max(100), must: "at most 100 characters, found in names and texts" },
  page: {
    shape: z.coerce.number().int().min(1).max(1_000_000).default(1),
    must: "a whole number, 1 or more",
  },
  per_page: {
    shape: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(50),
    must: `a whole number from 1 to ${MOST_PER_PAGE}`,
  },
  format: {
    shape: z.enum(["json", "ndjson"]).default("json"),
    must: "json (pages) or ndjson (all results, one a line)",
  },
  taxonomy_term_id: {
    shape: z.guid(),
    must: "the id of a taxonomy term; whatever lies under it is found too",
  },
  taxonomy_id: { shape: z.guid(), must: "the id of a taxonomy" },
  organization_id: { shape: z.guid(), must: "the id of an organization" },
  modified_after: {
    shape: z.union([z.iso.datetime({ offset: true }), z.iso.date()]),
    must: "a day (2026-01-31) or a moment with its offset (2026-01-31T08:00:00Z; write + as %2B); what changed or came then or later is found",
  },
  minimal: { shape: Flag, must: "true or false: only id, name, status and last_modified" },
  full: { shape: Flag, must: "true or false: with everything that belongs to each result" },
} as const;
type ParameterName = keyof typeof PARAMETERS;

/** Values of the query; where an address does not know a parameter, its default. */
export type HsdsParameters = Readonly<{
  [Name in "page" | "per_page" | "format" | "minimal" | "full"]: z.output<(typeof PARAMETERS)[Name]["shape"]>;
}> &
  Readonly<{
    [Name in Exclude<ParameterName, "page" | "per_page" | "format" | "minimal" | "full">]?:
      z.output<(typeof PARAMETERS)[Name]["shape"]> | undefined;
  }>;

const PAGES = ["page", "per_page", "format"] as const;
const FILTERS = ["search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"] as const;

/** The addresses below /api/hsds: what each gives, and what may be asked of it. */
export const HSDS_LISTS = {
  services: { shape: Service, name: "service", parameters: [...FILTERS, "minimal", "full", ...PAGES] },
  organizations: { shape: Organization, name: "organization", parameters: ["search", "full", ...PAGES] },
  service_at_locations: {
    shape: ServiceAtLocation,
    name: "service_at_location",
    parameters: [...FILTERS, "full", ...PAGES],
  },
  taxonomies: { shape: Taxonomy, name: "taxonomy", parameters: ["search", ...PAGES] },
  taxonomy_terms: {
    shape: TaxonomyTerm,
    name: "taxonomy_term",
    parameters: ["search", "taxonomy_id", ...PAGES],
  },
} as const satisfies Record<
  string,
  { shape: z.ZodType; name: ShapeName; parameters: readonly ParameterName[] }
>;
export type HsdsListName = keyof typeof HSDS_LISTS;

/** A question that cannot be answered as it was put. */
export type BadParameter = Readonly<{ parameter: string; message: string }>;

const DEFAULTS = { page: 1, per_page: 50, format: "json", minimal: "false", full: "false" } as const;

/** Reads the query of a list; the first parameter that is unknown or wrong is named with what it must be. */
export function readParameters(list: HsdsListName, query: URLSearchParams): HsdsParameters | BadParameter {
  const known: readonly ParameterName[] = HSDS_LISTS[list].parameters;
  const values: Record<string, unknown> = { ...DEFAULTS };

  for (const [parameter, value] of query) {
    const name = known.find((one) => one === parameter);
    if (name === undefined)
      return { parameter, message: `${parameter} is no parameter of ${list}; known are ${known.join(", ")}` };
    const read = PARAMETERS[name].shape.safeParse(value);
    if (!read.success) return { parameter, message: `${parameter} must be ${PARAMETERS[name].must}` };
    values[name] = read.data;
  }

  return values as HsdsParameters;
}

export const parametersOf = (list: HsdsListName) =>
  HSDS_LISTS[list].parameters.map((name) => ({ name, ...PARAMETERS[name] }));

/** One page of a list. */
export const pageShape = (shape: z.ZodType) =>
  z.strictObject({
    total_items: z.number().int(),
    total_pages: z.number().int(),
    page_number: z.number().int(),
    size: z.number().int(),
    first_page: z.boolean(),
    last_page: z.boolean(),
    empty: z.boolean(),
    contents: z.array(shape).max(MOST_PER_PAGE),
  });

export const ApiInfo = z.strictObject({
  version: z.literal(HSDS_VERSION),
  profile: z.url(),
  openapi_url: z.url(),
});

export const ApiRefusal = z.strictObject({
  error: z.strictObject({ parameter: z.string().optional(), message: z.string() }),
});
