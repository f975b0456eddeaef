import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { Reply } from "~/ui/primitives/Field";
import type { GivenBack } from "~/ui/primitives/givenBack";
import { readForm, typedValues } from "./form.server";
import {
  type FormAnswer,
  giveFormBack,
  type PageForm,
  type ShownPage,
  type TypedValues,
} from "./pageForm.server";

/** A form that is whole, or one in which something is missing: that one is kept as it was typed. */
export type Draft<Value> = Readonly<{ whole: Value }> | Readonly<{ unfinished: TypedValues }>;

/** Made by the page itself: without them nothing is taken. */
const NEVER_MISSING = new Set(["requestKey"]);

const isEmpty = (value: TypedValues[string] | undefined): boolean =>
  [value ?? ""].flat().every((one) => one.trim() === "");

/**
 * The form of a draft: what is missing may be missing, but what is typed is read, and said where it cannot
 * be.
 *
 * @param made what a form has in any case, since the page itself put it there
 * @param whole what a whole form says, or how to choose it by what was typed
 * @param work keeps it; `typed` is there for answers that give the form back
 */
export const draftForm = <M extends z.ZodType, S extends z.ZodType, A extends FormAnswer>(
  made: M,
  whole: S | ((typed: TypedValues) => S),
  work: (ctx: UseCaseContext, made: z.output<M>, draft: Draft<z.output<S>>, typed: TypedValues) => Promise<A>,
): PageForm<A | ShownPage<GivenBack>> => ({
  answer: async (ctx, sent) => {
    const typed = typedValues(sent);
    const frame = readForm(sent, made);
    if (!frame.ok) return giveFormBack(frame.reply);
    const draft = readDraft(sent, typeof whole === "function" ? whole(typed) : whole);
    return "reply" in draft ? giveFormBack(draft.reply) : work(ctx, frame.value, draft, typed);
  },
});

function readDraft<S extends z.ZodType>(sent: FormData, schema: S): Draft<z.output<S>> | GivenBack {
  const read = readForm(sent, schema);
  if (read.ok) return { whole: read.value };
  const { values, errors, formErrors } = read.reply;
  const wrong = Object.fromEntries(
    Object.entries(errors).filter(([name]) => NEVER_MISSING.has(name) || !isEmpty(values[name])),
  );
  if (Object.keys(wrong).length === 0 && formErrors.length === 0) return { unfinished: values };
  return { reply: { values, errors: wrong, formErrors } };
}

/** What is still missing in a draft, beside each field; for the page on which it can be filled in. */
export function whatIsMissing(values: TypedValues, schema: z.ZodType): Reply | undefined {
  const form = new FormData();
  for (const [name, value] of Object.entries(values))
    for (const one of [value].flat()) form.append(name, one);
  const read = readForm(form, schema);
  if (read.ok) return undefined;
  const { requestKey: _made, version: _opened, ...errors } = read.reply.errors;
  return { values, errors, formErrors: [{ message: "errors.notWhole" }] };
}
