import type { Role, ScopeKind } from "~db/schema/identity";
import type { ActingRole } from "~db/schema/journal";
import { DomainError } from "./errors";

export type Scope = Readonly<{ kind: "city" } | { kind: Exclude<ScopeKind, "city">; id: string }>;
export type Grant = Readonly<{ role: Role; scope: Scope }>;

export type VisitorActor = Readonly<{ kind: "visitor" }>;
/** The portal itself: clocks, webhooks, imports from the command line. */
export type SystemActor = Readonly<{ kind: "system"; name: string }>;
/** `mustStepUp`: has a second step and showed it too long ago for anything grave (`kernel/stepUp`). */
export type UserActor = Readonly<{
  kind: "user";
  userId: string;
  displayName: string;
  grants: readonly Grant[];
  mustStepUp?: boolean;
}>;
export type Actor = VisitorActor | SystemActor | UserActor;

/** The role in which something was done: what the journal keeps beside the actor's id. */
export type { ActingRole };

const sameScope = (a: Scope, b: Scope) =>
  a.kind === b.kind && (a.kind === "city" || (b.kind !== "city" && a.id === b.id));

/**
 * Whether the actor holds the role there; without a scope, anywhere. A role of one town never reaches
 * another.
 */
export function holds(actor: Actor, role: Role, scope?: Scope): boolean {
  return (
    actor.kind === "user" &&
    actor.grants.some(
      (grant) => grant.role === role && (scope === undefined || sameScope(grant.scope, scope)),
    )
  );
}

/** The ids of all towns (organisations, points, charities) where the actor holds the role. */
export function scopeIds(actor: Actor, role: Role): string[] {
  if (actor.kind !== "user") return [];
  return actor.grants.flatMap((grant) =>
    grant.role === role && grant.scope.kind !== "city" ? [grant.scope.id] : [],
  );
}

/**
 * The user who acts, once they hold one of the roles there; deny by default.
 * @throws {DomainError} SIGN_IN_NEEDED for visitors, NOT_ALLOWED for everybody else
 */
export function requireRole(actor: Actor, role: Role, scope?: Scope): UserActor {
  if (actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (actor.kind === "user" && holds(actor, role, scope)) return actor;
  throw new DomainError("NOT_ALLOWED");
}

/** The signed-in user, whatever their roles. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind === "user") return actor;
  throw new DomainError("SIGN_IN_NEEDED");
}

export const actorId = (actor: Actor): string | null => (actor.kind === "user" ? actor.userId : null);
