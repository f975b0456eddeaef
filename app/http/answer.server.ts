import { data, redirect } from "@remix-run/node";
import { DeadlineError, sqlState, within } from "~db/client";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError, ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { messagesFor } from "~/i18n/messages.server";
import type { Messages } from "~/i18n/messages";
import { paths } from "~/paths";
import { readBody } from "./body.server";
import { contextOf, endedSessionOf, type RouteArgs } from "./context.server";
import { LOOK_AGAIN } from "~/ui/identity/lookAgain";
import { readForm, refusal, typedForm, typedValues, type Form } from "./form.server";
import { keepForm, worthKeeping } from "./keptForm.server";
import { signInFacts, type SignInFacts } from "./signInPage.server";
import type { Intent } from "./smallForm.server";
import { mostBytesOf } from "./uploads.server";
import type { z } from "zod";

const ANSWER_DEADLINE_MS = 15_000;

/** What an error page knows of an expected refusal. */
export type RefusalPage = Readonly<{ refusal: string }>;

/** What it knows where somebody has to sign in before what they posted can be done. */
export type SignInAgain = Readonly<{ signIn: SignInFacts; messages: Messages }>;

/** Of somebody signed in a body is read as far as the server takes one at all; of a visitor only so much. */
const MOST_BYTES_OF_VISITORS = 1024 * 1024;

/** What was posted in a request: its page may still find out that somebody has to sign in to see it. */
const posted = new WeakMap<RouteArgs["context"], FormData>();

/** SQLSTATEs of a text that is no id, or no text at all: whoever typed it into an address asked for something that does not exist. */
const NAMES_NOTHING = new Set(["22P02", "22021"]);

/** What an error is to people: an unknown outcome, an id that names nothing, or itself. */
function asRefusal(error: unknown): unknown {
  if (error instanceof DeadlineError) return new DomainError("OUTCOME_UNKNOWN");
  return NAMES_NOTHING.has(sqlState(error) ?? "") ? new DomainError("NOT_FOUND") : error;
}

async function asResponse(error: unknown, args: RouteArgs, ctx: UseCaseContext): Promise<unknown> {
  const known = asRefusal(error);
  if (!(known instanceof DomainError)) return error;
  if (known.code === "SIGN_IN_NEEDED") return signInFirst(args, ctx);
  const { status, message } = ERROR_CATALOGUE[known.code];
  return data<RefusalPage>({ refusal: message }, { status });
}

/** The way to the sign-in page and back; when something was typed, the page itself, which carries it along. */
async function signInFirst(args: RouteArgs, ctx: UseCaseContext): Promise<unknown> {
  const { pathname, search } = new URL(args.request.url);
  const back = pathname + search;
  const form = posted.get(args.context);
  if (!form || !worthKeeping(form)) return redirect(paths(ctx.locale).signIn(back));
  const ended = await endedSessionOf(args);
  const kept = keepForm(ctx, { address: back, form, owner: ended?.userId }) ?? "lost";
  return data<SignInAgain>({ signIn: await signInFacts(args, ctx, { back, kept }), messages: messagesFor(ctx.locale, ["common", "shell", "errors", "identity"]) }, { status: 401 });
}

/** Runs a loader's reads: visitors are sent to sign in where that is needed, refusals become a page in words. */
export async function load<T>(args: RouteArgs, work: (ctx: UseCaseContext) => Promise<T>): Promise<T> {
  const ctx = await contextOf(args);
  try {
    return await within(ANSWER_DEADLINE_MS, work(ctx));
  } catch (error) {
    throw await asResponse(error, args, ctx);
  }
}

/**
 * The posted form. Of a visitor only a small one is read: nobody uploads files without signing in. Whoever was signed in until a
 * while ago is no stranger: their form is read whole, so that it survives signing in again.
 */
async function formOf(args: RouteArgs, ctx: UseCaseContext): Promise<FormData> {
  const known = ctx.actor.kind !== "visitor" || (await endedSessionOf(args)) !== undefined;
  const sent = await readBody(args.request, known ? await mostBytesOf(args.request, args.context.runtime) : MOST_BYTES_OF_VISITORS);
  if (sent === "too much") throw data<RefusalPage>({ refusal: "errors.tooMuchSent" }, { status: 413 });
  if (sent === "unreadable") throw data<RefusalPage>({ refusal: "errors.noForm" }, { status: 400 });
  const form = typedForm(sent);
  if (ctx.actor.kind === "visitor") posted.set(args.context, form);
  return form;
}

/**
 * Runs an action: reads the form by its schema, then does the work. What is wrong with a field, and any refusal of the
 * domain, comes back into the same form in words, with everything typed kept.
 *
 * @param schema the form's schema, or how to choose it by what was sent
 * @param intents what a page's other buttons do, by the value of their `intent`; their fields are read by `small`
 */
export async function act<S extends z.ZodType>(
  args: RouteArgs,
  schema: S | ((typed: FormData) => S),
  work: (ctx: UseCaseContext, value: z.output<S>, form: FormData) => Promise<unknown>,
  intents: Readonly<Record<string, Intent>> = {},
): Promise<unknown> {
  const ctx = await contextOf(args);
  const typed = await formOf(args, ctx);
  if (typed.has(LOOK_AGAIN)) return givenBack(typed);
  const named = String(typed.get("intent") ?? "");
  // Only what the page itself names: "constructor" and the like stand on every object.
  const intent = Object.hasOwn(intents, named) ? intents[named] : undefined;
  const form: Form<z.output<S>> | undefined = intent ? undefined : readForm(typed, typeof schema === "function" ? schema(typed) : schema);
  if (form && !form.ok) return data({ reply: form.reply }, { status: 422 });
  try {
    if (intent) return typeof intent === "function" ? await intent(ctx) : await intent.answer(ctx, typed);
    return await work(ctx, (form as Extract<Form<z.output<S>>, { ok: true }>).value, typed);
  } catch (error) {
    const known = asRefusal(error);
    if (!(known instanceof DomainError)) throw known;
    // To whoever was signed in until a while ago, what they had on the screen exists.
    if (known.code === "NOT_FOUND" && (await endedSessionOf(args))) throw await signInFirst(args, ctx);
    if (["SIGN_IN_NEEDED", "NOT_ALLOWED", "NOT_FOUND"].includes(known.code)) throw await asResponse(known, args, ctx);
    return data({ reply: refusal(typedValues(typed), known) }, { status: ERROR_CATALOGUE[known.code].status });
  }
}

/** A form that had to wait (for signing in, for a record to be opened) comes back to its page as it was: nothing is done with it yet. */
export function givenBack(typed: FormData): unknown {
  typed.delete(LOOK_AGAIN);
  return data({ reply: { values: typedValues(typed), errors: {}, formErrors: [{ message: "errors.lookAgain" as const }] } });
}
