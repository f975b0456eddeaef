import { z } from "zod";

/** What HSDS records are made of: ids, texts, days, addresses, and the terms by which anything is filed. */
export const HsdsId = z.guid();
/** A bound above what any page, sheet or search takes of one text. */
const MOST_LETTERS = 20_000;
/**
 * Never empty, without the one character that a database does not keep, and without the sign for bytes that
 * were no letter.
 */
export const Text = z
  .string()
  .min(1)
  .max(MOST_LETTERS)
  .regex(/^[^\0\uFFFD]*$/);
export const HsdsDay = z.iso.date();
/** A time of day, with or without its offset. */
export const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?$/);
export const Email = z.email();
/** An absolute web address in plain characters: anything else is rejected by one reader or another. */
export const WebAddress = z.url({ protocol: /^https?$/ }).regex(/^[\w.~:/?#@!$&'()*+,;=%-]+$/);

export const Taxonomy = z.strictObject({
  id: HsdsId,
  name: Text,
  description: Text,
  uri: WebAddress.optional(),
  version: Text.optional(),
});

export const TaxonomyTerm = z.strictObject({
  id: HsdsId,
  code: Text.optional(),
  name: Text,
  description: Text,
  parent_id: HsdsId.optional(),
  taxonomy: Text.optional(),
  taxonomy_detail: Taxonomy.optional(),
  language: Text.optional(),
  taxonomy_id: HsdsId.optional(),
  term_uri: WebAddress.optional(),
});

/**
 * A bound above the parts of one kind that any service or organization has; no directory has a record with
 * more.
 */
const MOST_PARTS = 5_000;
export const listOf = <Shape extends z.ZodType>(shape: Shape) => z.array(shape).max(MOST_PARTS);

export const Attribute = z.strictObject({
  id: HsdsId,
  link_id: HsdsId.optional(),
  taxonomy_term_id: HsdsId.optional(),
  link_type: Text.optional(),
  link_entity: Text.optional(),
  value: Text.optional(),
  taxonomy_term: TaxonomyTerm.optional(),
});

export const attributes = { attributes: listOf(Attribute).optional() };
