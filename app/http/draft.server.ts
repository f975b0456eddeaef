import type { z } from "zod";
import type { Reply } from "~/ui/primitives/Field";
import { readForm, typedValues } from "./form.server";

type Values = Reply["values"];

/**
 * A form that is whole, one in which only something is missing, or one in which something typed cannot be
 * read.
 */
export type Draft<Value> =
  Readonly<{ whole: Value }> | Readonly<{ unfinished: Values }> | Readonly<{ reply: Reply }>;

/** Made by the page itself: without them nothing is taken. */
const NEVER_MISSING = new Set(["requestKey"]);

const isEmpty = (value: Values[string] | undefined): boolean =>
  [value ?? ""].flat().every((one) => one.trim() === "");

/**
 * Reads the form of a draft: what is missing may be missing, but what is typed is read, and said where it
 * cannot be.
 *
 * @param schema what a whole form says
 */
export function readDraft<S extends z.ZodType>(form: FormData, schema: S): Draft<z.output<S>> {
  const read = readForm(form, schema);
  if (read.ok) return { whole: read.value };
  const { values, errors, formErrors } = read.reply;
  const wrong = Object.fromEntries(
    Object.entries(errors).filter(([name]) => NEVER_MISSING.has(name) || !isEmpty(values[name])),
  );
  if (Object.keys(wrong).length === 0 && formErrors.length === 0) return { unfinished: typedValues(form) };
  return { reply: { values, errors: wrong, formErrors } };
}

/** What is still missing in a draft, beside each field; for the page on which it can be filled in. */
export function whatIsMissing(values: Values, schema: z.ZodType): Reply | undefined {
  const form = new FormData();
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) form.append(name, one);
  const read = readForm(form, schema);
  if (read.ok) return undefined;
  const { requestKey: _made, version: _opened, ...errors } = read.reply.errors;
  return { values, errors, formErrors: [{ message: "errors.notWhole" }] };
}
