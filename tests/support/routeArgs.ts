import type { UserActor } from "~/domain/kernel/actor";
import type { RouteArgs } from "~/http/context.server";
import { makeSessions } from "~/session/sessions.server";
import type { World } from "./world";

/** What a loader or an action gets when somebody signed in asks for this address. */
export async function argsFor(world: World, actor: UserActor, url: string, params: Readonly<Record<string, string>> = {}): Promise<RouteArgs> {
  const cookie = await makeSessions(world.db, { secure: false }).start(actor.userId, world.clock.now());
  const { db, now, newId, randomBytes, keys, ports, publicUrl } = world.system;
  const settings = { PUBLIC_URL: publicUrl };
  return {
    request: new Request(url, { headers: { cookie: cookie.split(";")[0] ?? "" } }),
    params,
    // The loader reads no other setting.
    context: { runtime: { settings, db, now, newId, randomBytes, keys, ports }, requestId: "test", nonce: "", clientAddress: "" } as unknown as RouteArgs["context"],
  };
}
