import { z } from "zod";

/** Names of the fields that a schema reads, in its own order, however it is put together. */
function fieldsOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in);
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right].flatMap(fieldsOf);
  const isChoice = schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion;
  return isChoice ? schema.options.flatMap(fieldsOf) : [];
}

/**
 * What is said of fields, in the order of their schema, which is that of their page: what a rule over several
 * of them finds last stands in its field's place. Of `items[2].size` the first word has a place.
 */
export function inOrderOf<Said>(
  schema: z.ZodType,
  said: Readonly<Record<string, Said>>,
): Record<string, Said> {
  const place = new Map([...new Set(fieldsOf(schema))].map((name, at) => [name, at]));
  const placeOf = ([name]: [string, Said]) => place.get(/^\w*/.exec(name)?.[0] ?? "") ?? place.size;
  return Object.fromEntries(Object.entries(said).toSorted((a, b) => placeOf(a) - placeOf(b)));
}
