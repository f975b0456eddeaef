import type { AppLoadContext } from "@remix-run/node";
import type { Actor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { makeSessions, type EndedSession, type Sessions } from "~/session/sessions.server";
import type { Runtime } from "./loadContext";
import { localeFrom } from "./locale.server";
import { loadActor } from "~/domain/identity/queries.server";

export type RouteArgs = Readonly<{ request: Request; params: Readonly<Record<string, string | undefined>>; context: AppLoadContext }>;

const sessionsOf = new WeakMap<Runtime, Sessions>();

/** The sessions of this process's database. */
export function sessionsFor(runtime: Runtime): Sessions {
  const known = sessionsOf.get(runtime) ?? makeSessions(runtime.db, { secure: runtime.settings.PUBLIC_URL.startsWith("https:") });
  sessionsOf.set(runtime, known);
  return known;
}

type Visit = Readonly<{ ctx: UseCaseContext; ended: EndedSession | undefined }>;

const visits = new WeakMap<AppLoadContext, Promise<Visit>>();

/** Who asks, and whose session it was when it is none any more. Read once a request. */
function visitOf(args: RouteArgs): Promise<Visit> {
  const known = visits.get(args.context) ?? readVisit(args);
  visits.set(args.context, known);
  return known;
}

/** The use-case context of a request: who asks, in which language, and the world as the process knows it. */
export const contextOf = async (args: RouteArgs): Promise<UseCaseContext> => (await visitOf(args)).ctx;

/** Whose session the request's cookie was; undefined for whoever is signed in, and for visitors who never were. */
export const endedSessionOf = async (args: RouteArgs): Promise<EndedSession | undefined> => (await visitOf(args)).ended;

/** From now on the request counts as theirs: what is still read for its page is read for whoever has just signed in. */
export async function nowSignedIn(args: RouteArgs, userId: string): Promise<void> {
  const { ctx } = await visitOf(args);
  const actor = await loadActor(ctx.db, userId);
  visits.set(args.context, Promise.resolve({ ctx: { ...ctx, actor }, ended: undefined }));
}

async function readVisit({ request, params, context }: RouteArgs): Promise<Visit> {
  const { runtime, toSay } = context;
  const sessions = sessionsFor(runtime);
  const signedIn = await sessions.read(request, runtime.now());
  if (signedIn?.setCookie !== undefined) toSay.sessionCookie = signedIn.setCookie;
  const actor: Actor = signedIn ? await loadActor(runtime.db, signedIn.userId) : { kind: "visitor" };
  const ended = signedIn ? undefined : await sessions.readEnded(request);
  const reads = request.method === "GET" || request.method === "HEAD";
  const db = actor.kind === "visitor" && reads ? runtime.visitorsDb : runtime.db;
  const { now, newId, randomBytes, pause, keys, ports } = runtime;
  const { clientAddress } = context;
  return { ctx: { db, now, newId, randomBytes, pause, keys, ports, actor, locale: localeFrom(params), clientAddress, publicUrl: runtime.settings.PUBLIC_URL }, ended };
}
