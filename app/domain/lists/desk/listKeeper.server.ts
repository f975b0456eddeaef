import { requireRole, type UserActor } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";

/**
 * Whoever keeps the two lists: an operator of the city.
 * @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED
 */
export const requireListKeeper = (ctx: UseCaseContext): UserActor =>
  requireRole(ctx.actor, "operator", { kind: "city" });
