import type { UserActor } from "~/domain/kernel/actor";
import type { RouteArgs } from "~/http/context.server";
import { makeSessions } from "~/session/sessions.server";
import type { World } from "./world";

type Params = Readonly<Record<string, string>>;

/** What a loader or an action gets when somebody signed in asks for this address. */
export async function argsFor(
  world: World,
  actor: UserActor,
  url: string,
  params: Params = {},
): Promise<RouteArgs> {
  const cookie = await makeSessions(world.db, { secure: false }).start(actor.userId, world.clock.now());
  return asked(world, new Request(url, { headers: { cookie: cookie.split(";")[0] ?? "" } }), params);
}

/** What a loader gets when nobody in particular asks. */
export const argsForAnybody = (
  world: World,
  url: string,
  params: Params = {},
  headers: Params = {},
): RouteArgs => asked(world, new Request(url, { headers }), params);

function asked(world: World, request: Request, params: Params): RouteArgs {
  const { db, now, newId, randomBytes, pause, keys, ports, publicUrl } = world.system;
  const settings = { PUBLIC_URL: publicUrl };
  return {
    request,
    params,
    // The loader reads no other setting.
    context: {
      runtime: { settings, db, visitorsDb: db, ownDb: db, now, newId, randomBytes, pause, keys, ports },
      requestId: "test",
      nonce: "",
      clientAddress: "",
      toSay: {},
    } as unknown as RouteArgs["context"],
  };
}

/** What an action gets when somebody signed in sends this form. */
export async function posting(
  world: World,
  actor: UserActor,
  url: string,
  params: Params,
  fields: Readonly<Record<string, string>>,
): Promise<RouteArgs> {
  const cookie = await makeSessions(world.db, { secure: false }).start(actor.userId, world.clock.now());
  return asked(
    world,
    new Request(url, {
      method: "POST",
      headers: { cookie: cookie.split(";")[0] ?? "" },
      body: new URLSearchParams(fields),
    }),
    params,
  );
}

/**
 * What an action gets when this browser, known by its cookie, sends a form; without one, what a loader gets.
 */
export const sentFrom = (
  world: World,
  cookie: string,
  url: string,
  params: Params = {},
  form?: Readonly<Record<string, string>> | FormData,
): RouteArgs =>
  asked(
    world,
    new Request(url, {
      headers: { cookie },
      ...(form ? { method: "POST", body: form instanceof FormData ? form : new URLSearchParams(form) } : {}),
    }),
    params,
  );
