import { type Actor, holds, requireUser } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { type Role, ROLES } from "~db/schema/identity";

/**
 * Who may send a page's forms at all: asked before anything of a body is read. The use case behind asks
 * again, and closer: of which town, which point, whose gift.
 * @throws {DomainError} SIGN_IN_NEEDED, NOT_ALLOWED
 */
export type Who = (actor: Actor) => void;

export const anybody: Who = () => undefined;

/** Whoever has an account: a donor's own pages. */
export const signedIn: Who = (actor) => void requireUser(actor);

/** Whoever holds one of the roles, wherever. */
export const asOneOf =
  (...roles: readonly Role[]): Who =>
  (actor) => {
    requireUser(actor);
    if (!roles.some((role) => holds(actor, role))) throw new DomainError("NOT_ALLOWED");
  };

/** Whoever works here in any role: for rooms where an object itself decides who may do what. */
export const staff: Who = asOneOf(...ROLES.filter((role) => role !== "donor"));
