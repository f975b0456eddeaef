import { readBasket } from "./basket.server";
import { contextOf, type RouteArgs } from "./context.server";
import type { Frame } from "./loadContext";

/** What the frame of a page shows of whoever asks. */
export async function frameOf(args: RouteArgs): Promise<Frame> {
  if (args.context.frame) return args.context.frame;
  const { actor } = await contextOf(args);
  return {
    basket: readBasket(args.request).length,
    roles:
      actor.kind === "user" ? [...new Set(actor.grants.map((grant) => grant.role))].toSorted() : undefined,
  };
}
