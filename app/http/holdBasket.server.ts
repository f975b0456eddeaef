import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { paths } from "~/paths";
import { basketCookie, readBasket } from "./basket.server";
import type { RouteArgs } from "./context.server";

/** Whether nothing at all is left of what was wanted. */
const isAllGone = (error: unknown): boolean =>
  error instanceof DomainError && error.code === "NOT_ENOUGH_LEFT" && error.params["left"] === 0;

/** The cookie of a basket of which everything is held, or gone. */
export const emptyBasket = (ctx: UseCaseContext): string =>
  basketCookie([], { secure: ctx.publicUrl.startsWith("https:") });

/**
 * Holds what is in the basket of this browser for whoever acts. @returns the page to confirm it on; in a rush
 * most come too late: they are led to what still waits, a page that is kept for everybody
 * @throws {DomainError} as `pledgeItems` does, where the basket stays as it is
 */
export async function holdBasket(
  { request }: RouteArgs,
  ctx: UseCaseContext,
  requestKey: string,
): Promise<{ next: string }> {
  const at = paths(ctx.locale);
  const lines = readBasket(request).map((entry) => ({
    lineId: entry.lineId,
    quantity: BigInt(entry.quantity),
  }));
  const held = await pledgeItems(ctx, { lines, requestKey }).catch((error: unknown) => {
    if (lines.length > 1 || !isAllGone(error)) throw error;
    return undefined;
  });
  if (!held) return { next: at.wishes({ taken: "yes" }) };
  return { next: at.confirmGift(held.giftCode) + (held.gone.length > 0 ? "?gone=1" : "") };
}
