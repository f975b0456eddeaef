import { z } from "zod";
import type { Scope } from "~/domain/kernel/actor";
import { Mail } from "~/domain/kernel/typed/mail";
import { say } from "~/i18n/messages";
import { SCOPE_OF_ROLE, STAFF_ROLES } from "./roleVocabulary";

/** `city`, or a kind of place and its id, as one choice of a form carries it. */
const Where = z.string({ error: say("common.pleaseChoose") }).transform((typed, issues): Scope => {
  const [kind, id] = typed.split(":");
  if (typed === "city") return { kind: "city" };
  if (
    (kind === "town" || kind === "point" || kind === "organisation" || kind === "charity") &&
    id !== undefined &&
    id !== ""
  )
    return { kind, id };
  issues.addIssue({ code: "custom", message: say("common.pleaseChoose") });
  return z.NEVER;
});

/** A role holds in its own kind of place: a caseworker's is a town, a storekeeper's a point. */
export const GrantRoleInput = z
  .object({ email: Mail, role: z.enum(STAFF_ROLES, { error: say("common.pleaseChoose") }), where: Where })
  .refine(({ role, where }) => SCOPE_OF_ROLE[role] === where.kind, {
    path: ["where"],
    error: say("identity.wrongPlace"),
  });
