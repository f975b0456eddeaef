import { data } from "@remix-run/node";
import type { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readForm } from "./form.server";

/**
 * One of a page's other forms beside its main one: what it answers to what was sent. Made by `small` alone.
 */
export type SmallForm = Readonly<{ answer: (ctx: UseCaseContext, form: FormData) => Promise<unknown> }>;

/**
 * What a button of a page does: one without fields is a function of its own, one with fields is read by its
 * schema first.
 */
export type Intent = SmallForm | ((ctx: UseCaseContext) => Promise<unknown>);

/**
 * A page's small form. It is read as its main form is: what cannot be read comes back as 422 into the page,
 * in words, with everything typed kept, and `work` never sees it. There is no other way to the fields of a
 * small form.
 *
 * @param work does it with what was read; `form` is there for `saveEdit` and for what is handed on as it
 *   was sent
 */
export const small = <S extends z.ZodType>(
  schema: S,
  work: (ctx: UseCaseContext, input: z.output<S>, form: FormData) => Promise<unknown>,
): SmallForm => ({
  answer: async (ctx, form) => {
    const read = readForm(form, schema);
    return read.ok ? work(ctx, read.value, form) : data({ reply: read.reply }, { status: 422 });
  },
});
