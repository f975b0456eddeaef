import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readForm } from "~/http/form.server";

/** Fields whose word goes to the journal as it is. */
const CODED = /reason|outcome|resolution|decision|^said$|^how$|^without$/i;
const FREE_TEXT = "因为他住在和平路 12 号";

type Coded = Readonly<{ name: string; schema: z.ZodType; field: string; form: FormData }>;

/** The objects that a schema may read, however it is put together. */
function objectsOf(schema: unknown): z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.flatMap(objectsOf);
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right].flatMap(objectsOf);
  return schema instanceof z.ZodPipe ? objectsOf(schema.in) : [];
}

/** Every field of ours that takes a coded word, in a form that says which of several it is. */
async function codedFields(): Promise<Coded[]> {
  const files = readdirSync("app/domain", { recursive: true, encoding: "utf8" }).filter((file) =>
    /[sS]chemas\.ts$|\/input\.ts$/.test(file),
  );
  const found: Coded[] = [];
  for (const file of files) {
    const all = (await import(path.resolve("app/domain", file))) as Readonly<Record<string, unknown>>;
    for (const [name, schema] of Object.entries(all)) {
      if (!(schema instanceof z.ZodType)) continue;
      for (const { shape } of objectsOf(schema)) {
        for (const [field, type] of Object.entries(shape)) {
          if (!CODED.test(field) || type instanceof z.ZodLiteral) continue;
          const form = new FormData();
          for (const [other, kind] of Object.entries(shape))
            if (kind instanceof z.ZodLiteral) form.set(other, String(kind.value));
          form.set(field, FREE_TEXT);
          found.push({ name: `${name}.${field}`, schema, field, form });
        }
      }
    }
  }

  return found;
}

test("what goes to the journal as a reason is a word of the domain: free text is refused beside its field", async () => {
  const coded = await codedFields();
  const taken = coded.filter(({ schema, field, form }) => {
    const read = readForm(form, schema);
    return read.ok || read.reply.errors[field] === undefined;
  });

  expect(taken.map(({ name }) => name)).toEqual([]);
  expect(coded.length).toBeGreaterThan(30);
});
