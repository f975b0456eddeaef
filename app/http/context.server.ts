import type { AppLoadContext } from "@remix-run/node";
import type { Actor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { makeSessions, type Sessions } from "~/session/sessions.server";
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

const contexts = new WeakMap<AppLoadContext, Promise<UseCaseContext>>();

/** The use-case context of a request: who asks, in which language, and the world as the process knows it. Read once a request. */
export function contextOf(args: RouteArgs): Promise<UseCaseContext> {
  const known = contexts.get(args.context) ?? makeContext(args);
  contexts.set(args.context, known);
  return known;
}

async function makeContext({ request, params, context }: RouteArgs): Promise<UseCaseContext> {
  const { runtime } = context;
  const signedIn = await sessionsFor(runtime).read(request, runtime.now());
  const actor: Actor = signedIn ? await loadActor(runtime.db, signedIn.userId) : { kind: "visitor" };
  const { db, now, newId, randomBytes, keys, ports } = runtime;
  return { db, now, newId, randomBytes, keys, ports, actor, locale: localeFrom(params), publicUrl: runtime.settings.PUBLIC_URL };
}
