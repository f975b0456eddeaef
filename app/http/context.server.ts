import { type AppLoadContext, redirectDocument } from "@remix-run/node";
import { loadActor } from "~/domain/identity/queries.server";
import { secondStepDue, withoutWork } from "~/domain/identity/secondStepDue.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import type { Actor } from "~/domain/kernel/actor";
import type { Database, UseCaseContext } from "~/domain/kernel/context.server";
import { limit } from "~/domain/kernel/limits.server";
import { plusMinutes } from "~/domain/kernel/time";
import { type EndedSession, makeSessions, type Sessions, type SignedIn } from "~/session/sessions.server";
import { orAway } from "./away.server";
import type { Runtime } from "./loadContext";
import { localeFrom } from "./locale.server";

export type RouteArgs = Readonly<{
  request: Request;
  params: Readonly<Record<string, string | undefined>>;
  context: AppLoadContext;
}>;

const sessionsOf = new WeakMap<Runtime, Sessions>();

/** The sessions of this process's database. */
export function sessionsFor(runtime: Runtime): Sessions {
  const known =
    sessionsOf.get(runtime) ??
    makeSessions(runtime.ownDb, { secure: runtime.settings.PUBLIC_URL.startsWith("https:") });
  sessionsOf.set(runtime, known);
  return known;
}

/**
 * `stepDue`: by when whoever asks has to switch the second step on. Once that is over they act in no role of
 * theirs.
 */
type Visit = Readonly<{ ctx: UseCaseContext; ended: EndedSession | undefined; stepDue: Date | undefined }>;

const visits = new WeakMap<AppLoadContext, Promise<Visit>>();

/** Who asks, and whose session it was when it is none any more. Read once a request. */
function visitOf(args: RouteArgs): Promise<Visit> {
  const known = visits.get(args.context) ?? orAway(args, () => readVisit(args));
  visits.set(args.context, known);
  return known;
}

/** The use-case context of a request: who asks, in which language, and the world as the process knows it. */
export const contextOf = async (args: RouteArgs): Promise<UseCaseContext> => (await visitOf(args)).ctx;

/**
 * Whose session the request's cookie was; undefined for whoever is signed in, and for visitors who never
 * were.
 */
export const endedSessionOf = async (args: RouteArgs): Promise<EndedSession | undefined> =>
  (await visitOf(args)).ended;

/** By when whoever asks has to switch the second step on; undefined for whoever need not, or has. */
export const stepDueOf = async (args: RouteArgs): Promise<Date | undefined> => (await visitOf(args)).stepDue;

/**
 * From now on the request counts as theirs: what is still read for its page is read for whoever has just
 * signed in, with all that was asked.
 */
export async function nowSignedIn(args: RouteArgs, userId: string): Promise<void> {
  const { ctx } = await visitOf(args);
  const known = await loadActor(ctx.db, userId);
  if (known.kind !== "user") return;
  const { actor, stepDue } = await whoIs(ctx, {
    actor: known,
    hasSecondStep: await hasSecondStep(ctx.db, userId),
    steppedUpAt: ctx.now(),
    byDemoDoor: false,
  });
  visits.set(args.context, Promise.resolve({ ctx: { ...ctx, actor }, ended: undefined, stepDue }));
}

/** Whoever this is, in the roles in which they may act now. */
async function whoIs(
  ctx: Pick<UseCaseContext, "db" | "now">,
  signedIn: Omit<SignedIn, "setCookie">,
): Promise<{ actor: Actor; stepDue: Date | undefined }> {
  const { actor: known } = signedIn;
  const actor = (await shownLately(ctx, signedIn)) ? known : { ...known, mustStepUp: true };
  const stepDue = signedIn.hasSecondStep ? undefined : await secondStepDue(ctx, actor);
  return { actor: stepDue !== undefined && stepDue <= ctx.now() ? withoutWork(actor) : actor, stepDue };
}

/**
 * Whether somebody may go on to what is grave: their second step was shown lately in this very session, or
 * they have none.
 */
async function shownLately(
  ctx: Pick<UseCaseContext, "db" | "now">,
  { hasSecondStep: has, steppedUpAt, byDemoDoor }: Omit<SignedIn, "setCookie">,
): Promise<boolean> {
  if (!has || byDemoDoor) return true;
  return (
    steppedUpAt !== null && plusMinutes(steppedUpAt, await limit(ctx.db, ctx, "stepUpMinutes")) > ctx.now()
  );
}

async function readVisit(args: RouteArgs): Promise<Visit> {
  const { request, params, context } = args;
  const { runtime } = context;
  if (context.byBrowser !== undefined) throw redirectDocument(context.byBrowser);
  const { actor, stepDue, ended } = context.frame ? AS_ANYBODY : await whoAsks(args);
  const reads = request.method === "GET" || request.method === "HEAD";
  const { now, newId, randomBytes, pause, keys, ports } = runtime;
  const { clientAddress, publicVersion } = context;
  return {
    ctx: {
      db: context.replicaDb ?? (reads ? whereReads(actor, runtime) : runtime.db),
      now,
      newId,
      randomBytes,
      pause,
      keys,
      ports,
      actor,
      locale: localeFrom(params),
      clientAddress,
      publicUrl: runtime.settings.PUBLIC_URL,
      ...(publicVersion === undefined ? {} : { publicVersion }),
    },
    ended,
    stepDue,
  };
}

/** Where pages are read for somebody: what staff read are lists, planned for what is asked. */
function whereReads(actor: Actor, { db, visitorsDb, ownDb }: Runtime): Database {
  if (actor.kind === "visitor") return visitorsDb;
  return actor.kind === "user" && actor.grants.every(({ role }) => role === "donor") ? ownDb : db;
}

type WhoAsks = Readonly<{ actor: Actor }> & Pick<Visit, "ended" | "stepDue">;
const AS_ANYBODY: WhoAsks = { actor: { kind: "visitor" }, stepDue: undefined, ended: undefined };

async function whoAsks({ request, context: { runtime, toSay } }: RouteArgs): Promise<WhoAsks> {
  const sessions = sessionsFor(runtime);
  const signedIn = await sessions.read(request, runtime.now());
  if (!signedIn) return { ...AS_ANYBODY, ended: await sessions.readEnded(request) };
  if (signedIn.setCookie !== undefined) toSay.sessionCookie = signedIn.setCookie;
  return { ...(await whoIs(runtime, signedIn)), ended: undefined };
}
