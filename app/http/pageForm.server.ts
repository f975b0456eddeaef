import { data, type TypedResponse } from "@remix-run/node";
import { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { Reply } from "~/ui/primitives/Field";
import type { GivenBack } from "~/ui/primitives/givenBack";
import { readForm, typedValues } from "./form.server";

/** What the page is shown next, with its status and headers: made by Remix's `data`. */
export type ShownPage<Facts> = ReturnType<typeof data<Facts>>;

/**
 * How a form is answered: somebody is led on (of a redirect, or a response of one's own, the page sees
 * nothing), or their page is shown what `data` says.
 */
export type FormAnswer = Response | TypedResponse<never> | ShownPage<object>;

/** Everything that was typed but secrets and files: for giving it back into the form, and nothing else. */
export type TypedValues = Reply["values"];

/**
 * One form of a page. It is made in app/http alone (`form`, `button`, `draftForm`, `finderForm`): whoever
 * works with what was sent gets it through a schema.
 */
export type PageForm<A extends FormAnswer = FormAnswer> = Readonly<{
  answer: (ctx: UseCaseContext, sent: FormData) => Promise<A>;
}>;

/** The forms of a page by the value of their `intent`; `default` is the one that has none. */
export type PageForms = Readonly<Record<string, PageForm>>;

type FactsOf<A> = A extends ShownPage<infer Facts> ? Facts : never;
type NamesOf<Facts> = Facts extends unknown ? keyof Facts : never;

/** Each of several answers has the others' names too, as nothing: a page asks by name and needs no guard. */
type EachKnowing<Facts, Names extends PropertyKey = NamesOf<Facts>> = Facts extends unknown
  ? Facts & Readonly<Partial<Record<Exclude<Names, keyof Facts>, undefined>>>
  : never;

/** What a page may be shown after one of its forms was sent: what their works say, or the form given back. */
export type FactsAfter<Forms extends PageForms> = EachKnowing<
  FactsOf<Awaited<ReturnType<Forms[keyof Forms]["answer"]>>> | GivenBack
>;

/** The form comes back to its page, with what is to be said of it. */
export const giveFormBack = (reply: Reply, status = 422): ShownPage<GivenBack> => data({ reply }, { status });

/**
 * A form that had to wait (for signing in, for a record to be opened) comes back as it was: nothing is done
 * with it yet.
 */
export const giveBackToLook = (values: TypedValues): ShownPage<GivenBack> =>
  giveFormBack({ values, errors: {}, formErrors: [{ message: "errors.lookAgain" }] }, 200);

/** What a button says that stands alone. */
export const NothingTyped = z.object({});

/**
 * A form with fields. What its schema cannot read comes back as 422 into the page, in words, with everything
 * typed kept, and `work` never sees it.
 *
 * @param schema what the form says, or how to choose it by what was typed
 * @param work does it with what was read; `typed` is there for answers that give the form back
 */
export const form = <S extends z.ZodType, A extends FormAnswer>(
  schema: S | ((typed: TypedValues) => S),
  work: (ctx: UseCaseContext, input: z.output<S>, typed: TypedValues) => Promise<A>,
): PageForm<A | ShownPage<GivenBack>> => ({
  answer: async (ctx, sent) => {
    const typed = typedValues(sent);
    const read = readForm(sent, typeof schema === "function" ? schema(typed) : schema);
    return read.ok ? work(ctx, read.value, typed) : giveFormBack(read.reply);
  },
});

/** A form that is nothing but a button: whatever else was sent with it, nobody reads. */
export const button = <A extends FormAnswer>(work: (ctx: UseCaseContext) => Promise<A>): PageForm<A> => ({
  answer: (ctx) => work(ctx),
});
