import { createHash } from "node:crypto";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { and, eq } from "drizzle-orm";
import { Lucia, TimeSpan, type Adapter } from "lucia";
import type { Database } from "~db/client";
import { appUsers, sessions } from "~db/schema/identity";

const IDLE_DAYS = 14;
const ABSOLUTE_DAYS = 60;

const hashed = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Lucia keeps the cookie's value as the table's key; this keeps its hash instead, so a stolen table opens no session. */
class HashingAdapter implements Adapter {
  constructor(private readonly inner: Adapter) {}
  deleteExpiredSessions = () => this.inner.deleteExpiredSessions();
  deleteUserSessions: Adapter["deleteUserSessions"] = (userId) => this.inner.deleteUserSessions(userId);
  getUserSessions: Adapter["getUserSessions"] = (userId) => this.inner.getUserSessions(userId);
  deleteSession: Adapter["deleteSession"] = (token) => this.inner.deleteSession(hashed(token));
  updateSessionExpiration: Adapter["updateSessionExpiration"] = (token, at) => this.inner.updateSessionExpiration(hashed(token), at);
  setSession: Adapter["setSession"] = (session) => this.inner.setSession({ ...session, id: hashed(session.id) });
  getSessionAndUser: Adapter["getSessionAndUser"] = async (token) => {
    const [session, user] = await this.inner.getSessionAndUser(hashed(token));
    return session && user ? [{ ...session, id: token }, user] : [null, null];
  };
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseSessionAttributes: { createdAt: Date };
  }
}

function makeLucia(db: Database, secure: boolean) {
  return new Lucia(new HashingAdapter(new DrizzlePostgreSQLAdapter(db, sessions, appUsers)), {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, "d"),
    // A cookie with the __Host- prefix needs https; over plain http (the demo) it has a plain name.
    sessionCookie: { name: secure ? "__Host-session" : "session", attributes: { secure, sameSite: "lax", path: "/" } },
    getSessionAttributes: (row) => ({ createdAt: row.createdAt }),
    // Nothing of the user's row travels with the session.
    getUserAttributes: () => ({}),
  });
}

export type SignedIn = Readonly<{ userId: string; setCookie?: string }>;

export type Sessions = Readonly<{
  /** Starts a session; answers with the cookie to set. A fresh token at every sign-in. */
  start: (userId: string, now: Date) => Promise<string>;
  /** Who the request's cookie belongs to; undefined when there is none, it ended, or the user was disabled. */
  read: (request: Request, now: Date) => Promise<SignedIn | undefined>;
  /** Ends this session on the server; answers with the cookie that forgets it. */
  end: (request: Request) => Promise<string>;
  /** Ends every session of a user. */
  endAll: (userId: string) => Promise<void>;
}>;

/**
 * The only way to sessions, and the only importer of lucia: replacing it is a day's work here and nowhere else.
 * A session ends after 14 idle days, and after 60 days whatever happens.
 */
export function makeSessions(db: Database, { secure }: { secure: boolean }): Sessions {
  const lucia = makeLucia(db, secure);
  const tokenOf = (request: Request) => lucia.readSessionCookie(request.headers.get("cookie") ?? "");
  return {
    async start(userId, now) {
      const session = await lucia.createSession(userId, { createdAt: now });
      return lucia.createSessionCookie(session.id).serialize();
    },
    async read(request, now) {
      const token = tokenOf(request);
      if (!token) return undefined;
      const { session } = await lucia.validateSession(token);
      if (!session) return undefined;
      const tooOld = now.getTime() - session.createdAt.getTime() > ABSOLUTE_DAYS * 86_400_000;
      if (tooOld || !(await isEnabled(db, session.userId))) {
        await lucia.invalidateSession(token);
        return undefined;
      }
      return { userId: session.userId, ...(session.fresh ? { setCookie: lucia.createSessionCookie(token).serialize() } : {}) };
    },
    async end(request) {
      const token = tokenOf(request);
      if (token) await lucia.invalidateSession(token);
      return lucia.createBlankSessionCookie().serialize();
    },
    endAll: (userId) => lucia.invalidateUserSessions(userId),
  };
}

async function isEnabled(db: Database, userId: string): Promise<boolean> {
  const [user] = await db
    .select({ disabledAt: appUsers.disabledAt })
    .from(appUsers)
    .where(and(eq(appUsers.id, userId)));
  return user !== undefined && user.disabledAt === null;
}
