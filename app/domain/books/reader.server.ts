import { holds } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";

/** Books are read by finance, audit and the city. @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED */
export function requireBookReader(ctx: UseCaseContext): void {
  if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (!(["finance", "auditor", "operator"] as const).some((role) => holds(ctx.actor, role)))
    throw new DomainError("NOT_ALLOWED");
}
