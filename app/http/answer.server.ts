import { data, redirect } from "@remix-run/node";
import { DeadlineError, sqlState, within } from "~db/client";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError, ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { paths } from "~/paths";
import { contextOf, type RouteArgs } from "./context.server";
import { readForm, refusal, typedForm, typedValues, unreadable, type Form } from "./form.server";
import { z } from "zod";

const ANSWER_DEADLINE_MS = 15_000;

/** What an error page knows of an expected refusal. */
export type RefusalPage = Readonly<{ refusal: string }>;

/** SQLSTATEs of a text that is no id, or no text at all: whoever typed it into an address asked for something that does not exist. */
const NAMES_NOTHING = new Set(["22P02", "22021"]);

/** What an error is to people: an unknown outcome, an id that names nothing, or itself. */
function asRefusal(error: unknown): unknown {
  if (error instanceof DeadlineError) return new DomainError("OUTCOME_UNKNOWN");
  return NAMES_NOTHING.has(sqlState(error) ?? "") ? new DomainError("NOT_FOUND") : error;
}

function asResponse(error: unknown, { request }: RouteArgs, ctx: UseCaseContext): unknown {
  const known = asRefusal(error);
  if (!(known instanceof DomainError)) return error;
  const url = new URL(request.url);
  if (known.code === "SIGN_IN_NEEDED") return redirect(paths(ctx.locale).signIn(url.pathname + url.search));
  const { status, message } = ERROR_CATALOGUE[known.code];
  return data<RefusalPage>({ refusal: message }, { status });
}

/** Runs a loader's reads: visitors are sent to sign in where that is needed, refusals become a page in words. */
export async function load<T>(args: RouteArgs, work: (ctx: UseCaseContext) => Promise<T>): Promise<T> {
  const ctx = await contextOf(args);
  try {
    return await within(ANSWER_DEADLINE_MS, work(ctx));
  } catch (error) {
    throw asResponse(error, args, ctx);
  }
}

/**
 * Runs an action: reads the form by its schema, then does the work. What is wrong with a field, and any refusal of the
 * domain, comes back into the same form in words, with everything typed kept.
 *
 * @param schema the form's schema, or how to choose it by what was sent
 * @param intents what a page's other, fieldless buttons do, by the value of their `intent`
 */
export async function act<S extends z.ZodType>(
  args: RouteArgs,
  schema: S | ((typed: FormData) => S),
  work: (ctx: UseCaseContext, value: z.output<S>, form: FormData) => Promise<unknown>,
  intents: Readonly<Record<string, (ctx: UseCaseContext, form: FormData) => Promise<unknown>>> = {},
): Promise<unknown> {
  const ctx = await contextOf(args);
  const typed = await typedForm(args.request);
  const named = String(typed.get("intent") ?? "");
  // Only what the page itself names: "constructor" and the like stand on every object.
  const intent = Object.hasOwn(intents, named) ? intents[named] : undefined;
  const form: Form<z.output<S>> | undefined = intent ? undefined : readForm(typed, typeof schema === "function" ? schema(typed) : schema);
  if (form && !form.ok) return data({ reply: form.reply }, { status: 422 });
  try {
    return intent ? await intent(ctx, typed) : await work(ctx, (form as Extract<Form<z.output<S>>, { ok: true }>).value, typed);
  } catch (error) {
    // A page's small forms read their few fields themselves; what they could not read comes back in words like any other.
    if (error instanceof z.ZodError) return data({ reply: unreadable(typedValues(typed), error) }, { status: 422 });
    const known = asRefusal(error);
    const showAsPage = known instanceof DomainError && ["SIGN_IN_NEEDED", "NOT_ALLOWED", "NOT_FOUND"].includes(known.code);
    if (!(known instanceof DomainError) || showAsPage) throw asResponse(known, args, ctx);
    return data({ reply: refusal(typedValues(typed), known) }, { status: ERROR_CATALOGUE[known.code].status });
  }
}
