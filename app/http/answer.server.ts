import { data, redirect, type TypedResponse } from "@remix-run/node";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError, ERROR_CATALOGUE } from "~/domain/kernel/errors";
import { recordUse } from "~/domain/kernel/journal/recordUse.server";
import { ownOf } from "~/domain/kernel/own";
import type { Messages } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { LOOK_AGAIN } from "~/ui/identity/lookAgain";
import { UNREAD } from "~/ui/primitives/unread";
import { sqlState, within } from "~db/client";
import { isAway } from "./away.server";
import { MOST_TYPED_BYTES, readBody, type Unread } from "./body.server";
import { contextOf, endedSessionOf, type RouteArgs, stepDueOf } from "./context.server";
import { refusal, typedForm, typedValues } from "./form.server";
import { keepForm, worthKeeping } from "./keptForm.server";
import {
  type FactsAfter,
  type FormAnswer,
  giveBackToLook,
  giveFormBack,
  type PageForms,
  type ShownPage,
} from "./pageForm.server";
import { patternOf } from "./pattern.server";
import { isUnread } from "./query.server";
import { type SignInFacts, signInFacts } from "./signInPage.server";
import { stepUpFirst } from "./stepUp.server";
import { MOST_BODY_BYTES, mostBytesOf } from "./uploads.server";
import type { Who } from "./who.server";
import type { NamesItsColumns, NoWholeRows } from "./wholeRows";

const ANSWER_DEADLINE_MS = 15_000;
/**
 * A large file is tried out and written whole, beside the main thread with deadlines of its own: this one is
 * the last.
 */
const FILES_DEADLINE_MS = 190_000;

/** What an error page knows of an expected refusal. */
export type RefusalPage = Readonly<{ refusal: string }>;

/** What it knows where somebody has to sign in before what they posted can be done. */
export type SignInAgain = Readonly<{ signIn: SignInFacts; messages: Messages }>;

/** How a form that carries files is read: as far as its sender may send, and with time to work through it. */
type Carries = Readonly<{ files?: boolean }>;

/**
 * What was posted in a request, or that it was too much to go along: its page may still find out that
 * somebody has to sign in to see it.
 */
const posted = new WeakMap<RouteArgs["context"], FormData | "lost">();

/**
 * SQLSTATEs of a text that is no id, or no text at all: whoever typed it into an address asked for something
 * that does not exist.
 */
const NAMES_NOTHING = new Set(["22P02", "22021"]);

/**
 * SQLSTATEs of a statement that took longer than it may, or waited longer for another one: nothing of it was
 * done.
 */
const STATEMENT_ENDED = new Set(["57014", "55P03"]);

/**
 * What an error is to people: a database that is away, too much work, an id that names nothing, or itself.
 */
function asRefusal(error: unknown, args: RouteArgs): unknown {
  if (STATEMENT_ENDED.has(sqlState(error) ?? "")) {
    args.context.runtime.ports.faults.rowsFailed("statements", [{ id: patternOf(args), error }]);
    return new DomainError("TOO_BUSY");
  }

  if (isAway(error, args))
    return new DomainError(args.request.method === "POST" ? "OUTCOME_UNKNOWN" : "DATABASE_AWAY");
  return NAMES_NOTHING.has(sqlState(error) ?? "") ? new DomainError("NOT_FOUND") : error;
}

/** Somebody known who was refused stands in the trail of use, before they read it. */
async function onRecord(refused: DomainError, args: RouteArgs, ctx: UseCaseContext): Promise<void> {
  const isRefusal = refused.code === "PASSWORD_WRONG" || ERROR_CATALOGUE[refused.code].status === 403;
  if (isRefusal && ctx.actor.kind === "user")
    await recordUse(ctx.db, ctx, { kind: "refused", what: patternOf(args) });
}

async function asResponse(error: unknown, args: RouteArgs, ctx: UseCaseContext): Promise<unknown> {
  const known = asRefusal(error, args);
  if (!(known instanceof DomainError)) return error;
  await onRecord(known, args, ctx);
  if (known.code === "SIGN_IN_NEEDED") return signInFirst(args, ctx);
  // Whoever works here and has no second step yet is led to it, in place of the rooms that are closed to them
  // until then.
  const stepDue = await stepDueOf(args);
  if (
    stepDue !== undefined &&
    stepDue <= ctx.now() &&
    (known.code === "NOT_ALLOWED" || known.code === "NOT_FOUND")
  )
    return redirect(paths(ctx.locale).mySecondStep());
  // A page or a file that is grave itself: its address comes back by itself.
  if (known.code === "STEP_UP_NEEDED") return redirect(paths(ctx.locale).stepUp(addressOf(args)));
  const { status, message } = ERROR_CATALOGUE[known.code];
  return data<RefusalPage>({ refusal: message }, { status });
}

function addressOf({ request }: RouteArgs): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

/**
 * The way to the sign-in page and back; when something was typed, the page itself, which carries it along.
 */
async function signInFirst(args: RouteArgs, ctx: UseCaseContext): Promise<unknown> {
  const back = addressOf(args);
  const form = posted.get(args.context);
  if (!form || (form !== "lost" && !worthKeeping(form))) return redirect(paths(ctx.locale).signIn(back));
  const ended = await endedSessionOf(args);
  const kept =
    (form === "lost" ? undefined : keepForm(ctx, { address: back, form, owner: ended?.userId })) ?? "lost";
  return data<SignInAgain>(
    {
      signIn: await signInFacts(args, ctx, { back, kept }),
      messages: messagesFor(ctx.locale, ["common", "shell", "errors", "identity"]),
    },
    { status: 401 },
  );
}

/** A page's data, with the mark by which every page says that something in its address could not be read. */
function sayingUnread<T>(request: Request, read: T): T {
  if (!isUnread(request) || typeof read !== "object" || read === null) return read;
  if (read instanceof Response) return read;
  const marked = (page: object) => ({ ...page, [UNREAD]: true });
  return (
    "type" in read && read.type === "DataWithResponseInit" && "data" in read
      ? { ...read, data: marked(read.data as object) }
      : marked(read)
  ) as T;
}

/**
 * Runs a loader's reads: visitors are sent to sign in where that is needed, refusals become a page in words.
 *
 * @param _whole nothing: what is read names its columns, and where it holds whole rows the call does not
 *   compile
 */
export async function load<T>(
  args: RouteArgs,
  work: (ctx: UseCaseContext) => Promise<T>,
  ..._whole: NoWholeRows<T>
): Promise<NamesItsColumns<T>> {
  const ctx = await contextOf(args);
  try {
    return sayingUnread(args.request, await within(ANSWER_DEADLINE_MS, work(ctx))) as NamesItsColumns<T>;
  } catch (error) {
    throw await asResponse(error, args, ctx);
  }
}

const STATUS_OF_UNREAD = { "too much": 413, "no form": 415, unreadable: 400 } as const satisfies Record<
  Unread,
  number
>;

async function formOf(args: RouteArgs, { files = false }: Carries): Promise<FormData> {
  const sent = await readBody(
    args.request,
    files ? await mostBytesOf(args.request, args.context.runtime) : MOST_TYPED_BYTES,
  );
  if (sent instanceof FormData) return typedForm(sent);
  throw data<RefusalPage>(
    { refusal: sent === "too much" ? "errors.tooMuchSent" : "errors.noForm" },
    { status: STATUS_OF_UNREAD[sent] },
  );
}

/**
 * What somebody sent who has to sign in first, to go along with them. Of whoever was signed in until a while
 * ago files count too, so that they are told which to choose again; of a stranger only what can be typed, and
 * nothing where it cannot be read.
 */
async function keepPosted(args: RouteArgs, carries: Carries): Promise<void> {
  const ended = await endedSessionOf(args);
  const sent = await readBody(args.request, ended && carries.files ? MOST_BODY_BYTES : MOST_TYPED_BYTES);
  if (sent instanceof FormData) posted.set(args.context, typedForm(sent));
  else if (sent === "too much") posted.set(args.context, "lost");
}

/** Nobody's body is read before this has let them in. */
async function letIn(args: RouteArgs, ctx: UseCaseContext, who: Who, carries: Carries): Promise<void> {
  try {
    who(ctx.actor);
  } catch (error) {
    if (error instanceof DomainError && error.code === "SIGN_IN_NEEDED") await keepPosted(args, carries);
    throw await asResponse(error, args, ctx);
  }
}

/**
 * Runs an action: asks who may send it, then reads the form by its schema, then does the work. What is wrong
 * with a field, and any refusal of the domain, comes back into the same form in words, with everything typed
 * kept; so does a form whose `intent` the page does not have, of which nothing is done.
 *
 * @param who asked before anything of the body is read
 * @param forms what the page's forms do, by the value of their `intent`; `default` is the one that has none
 * @param carries whether files come along: only then is more read than can be typed
 * @returns where to go on, or what the page shows: it asks `useActionData<typeof action>()` by name
 */
export async function act<Forms extends PageForms>(
  args: RouteArgs,
  who: Who,
  forms: Forms,
  carries: Carries = {},
): Promise<TypedResponse<never> | ShownPage<FactsAfter<Forms>>> {
  // Which form it was is known at run time alone: what its work answers is one of those that the type lists.
  return (await answerTo(args, who, forms, carries)) as TypedResponse<never> | ShownPage<FactsAfter<Forms>>;
}

async function answerTo(args: RouteArgs, who: Who, forms: PageForms, carries: Carries): Promise<FormAnswer> {
  const ctx = await contextOf(args);
  await letIn(args, ctx, who, carries);
  const sent = await formOf(args, carries);
  if (ctx.actor.kind === "visitor") posted.set(args.context, sent);
  if (sent.has(LOOK_AGAIN)) {
    sent.delete(LOOK_AGAIN);
    return giveBackToLook(typedValues(sent));
  }

  const intent = sent.get("intent") || "default";
  const form = typeof intent === "string" ? ownOf(forms, intent) : undefined;
  if (form === undefined)
    return giveFormBack({
      values: typedValues(sent),
      errors: {},
      formErrors: [{ message: "errors.noForm" }],
    });
  try {
    return await within(carries.files ? FILES_DEADLINE_MS : ANSWER_DEADLINE_MS, form.answer(ctx, sent));
  } catch (error) {
    const known = asRefusal(error, args);
    if (!(known instanceof DomainError)) throw known;
    if (known.code === "STEP_UP_NEEDED") throw await stepUpFirst(args, ctx, sent);
    // To whoever was signed in until a while ago, what they had on the screen exists.
    if (known.code === "NOT_FOUND" && (await endedSessionOf(args))) throw await signInFirst(args, ctx);
    if (["SIGN_IN_NEEDED", "NOT_ALLOWED", "NOT_FOUND"].includes(known.code))
      throw await asResponse(known, args, ctx);
    await onRecord(known, args, ctx);
    return giveFormBack(refusal(typedValues(sent), known), ERROR_CATALOGUE[known.code].status);
  }
}
