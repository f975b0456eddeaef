import { type ActingRole, holds, requireRole } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";

/**
 * Operators and admins keep the register of organisations and charities. @throws {DomainError}
 * SIGN_IN_NEEDED, NOT_ALLOWED
 */
export function requireRegisterKeeper(ctx: UseCaseContext): { userId: string; by: ActingRole } {
  const by = holds(ctx.actor, "operator") ? "operator" : "admin";
  return { userId: requireRole(ctx.actor, by).userId, by };
}
