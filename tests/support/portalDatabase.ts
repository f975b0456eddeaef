import { readFileSync } from "node:fs";
import path from "node:path";
import { uuidv7 } from "uuidv7";
import { addStaff } from "~/domain/identity/accounts.server";
import type { Scope } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { makeSessions } from "~/session/sessions.server";
import { connect, type Connection } from "~db/client";
import type { Role } from "~db/schema/identity";
import { setPassword } from "../factories/accounts";
import { dataDir } from "./portal";

/**
 * The running demo's own database, as its app reaches it, or as who may plant faults in it. Close it when
 * done.
 */
export function connectToPortal(as: "app" | "superuser" = "app"): Connection {
  // PostgreSQL's lock file: its fourth line is the port.
  const port =
    readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3]?.trim() ?? "";
  return connect(`postgres://${as === "app" ? "hongxin_app" : "postgres"}@127.0.0.1:${port}/hongxin`, {
    max: 2,
  });
}

/** Somebody who came to the portal just now, with these roles and nothing else. */
export async function newcomer(
  { db }: Connection,
  ...roles: { role: Role; scope: Scope }[]
): Promise<string> {
  // Giving roles needs neither keys nor ports.
  const ctx = {
    db,
    actor: { kind: "system", name: "test" },
    locale: "zh-Hans",
    now: () => new Date(),
    newId: uuidv7,
  } as unknown as UseCaseContext;
  const { userId } = await addStaff(ctx, {
    email: `${uuidv7()}@example.org`,
    displayName: "路人",
    password: undefined,
    roles,
  });
  return userId;
}

/** The password of whoever `givePassword` gave one. */
export const GIVEN = "六张方桌 摆在 两条巷口";

/** Somebody has the password GIVEN from now on. */
export const givePassword = ({ db }: Connection, userId: string): Promise<void> =>
  setPassword(db, userId, GIVEN, new Date());

/** The cookie of a session of that person. */
export const cookieOf = async ({ db }: Connection, userId: string): Promise<string> =>
  (await makeSessions(db, { secure: false }).start(userId, new Date())).split(";")[0] ?? "";
