import { and, eq, inArray, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import { requireUser, type UserActor, type VisitorActor } from "~/domain/kernel/actor";
import { builtOnce } from "~/domain/kernel/builtOnce.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { remembered } from "~/domain/kernel/remembered.server";
import type { Database } from "~db/client";
import { appUsers, credentials, donorProfiles, roleGrants } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { installation } from "~db/schema/kernel";
import { grantsHeld } from "./grantsHeld.server";

/**
 * The signed-in user with the grants that hold now; a visitor when the user is gone, or nobody confirmed its
 * address. Every user may give.
 */
export async function loadActor(db: Database, userId: string): Promise<UserActor | VisitorActor> {
  const [user] = await db
    .select({ displayName: appUsers.displayName, grants: grantsHeld(db) })
    .from(appUsers)
    .where(and(eq(appUsers.id, userId), isNotNull(appUsers.mailConfirmedAt)));
  return user ? { kind: "user", userId, ...user } : { kind: "visitor" };
}

/** What this installation is: city, phone line, whether it is a demo. @throws when set-up was never run */
export async function readInstallation(db: Database) {
  const [row] = await db.select().from(installation);
  if (!row) throw new Error("the installation row is missing: run npm run load first");
  return row;
}

/** The same for the frame of every page, which may tell of a change a minute late. */
export const rememberedInstallation = remembered(60, readInstallation);

const DEMO_DOORS = 200;

/**
 * Accounts with each of their roles, for the demo's one-click sign-in: the first that were made, in that
 * order. Whoever came by a code to their own phone or mail has no door that others open.
 */
export async function demoAccounts(db: Database) {
  const rows = await db
    .selectDistinct({
      userId: appUsers.id,
      displayName: appUsers.displayName,
      email: appUsers.email,
      role: roleGrants.role,
    })
    .from(roleGrants)
    .innerJoin(appUsers, eq(appUsers.id, roleGrants.userId))
    .leftJoin(credentials, eq(credentials.userId, appUsers.id))
    .where(
      and(
        isNull(roleGrants.revokedAt),
        isNull(appUsers.disabledAt),
        or(isNotNull(credentials.userId), notExists(confirmedByThem(db))),
      ),
    )
    .orderBy(appUsers.id)
    .limit(DEMO_DOORS);
  return rows;
}

const confirmedByThem = (db: Database) =>
  db
    .select({ one: sql`1` })
    .from(journal)
    .where(
      and(
        eq(journal.entity, "account"),
        eq(journal.entityId, appUsers.id),
        inArray(journal.event, ["account.confirm_phone", "account.confirm_mail"]),
      ),
    );

const profileOf = builtOnce((db) =>
  db
    .select({ kind: donorProfiles.kind })
    .from(donorProfiles)
    .where(eq(donorProfiles.userId, sql.placeholder("userId")))
    .prepare("donor_profile"),
);

/** Whether the signed-in user gives as a company. @throws {DomainError} SIGN_IN_NEEDED */
export async function isCompany(ctx: UseCaseContext): Promise<boolean> {
  const [profile] = await profileOf(ctx.db).execute({ userId: requireUser(ctx.actor).userId });
  return profile?.kind === "company";
}
