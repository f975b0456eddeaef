import { createHash } from "node:crypto";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { and, eq, isNull, sql } from "drizzle-orm";
import { type Adapter, generateIdFromEntropySize, Lucia, TimeSpan } from "lucia";
import { grantsHeld } from "~/domain/identity/grantsHeld.server";
import { secondStepOn } from "~/domain/identity/secondStepOn.server";
import { IDLE_DAYS, sessionIsOver } from "~/domain/identity/sessionDays";
import type { UserActor } from "~/domain/kernel/actor";
import type { Database } from "~db/client";
import { appUsers, type SessionEnd, sessions } from "~db/schema/identity";
import { cookieOf } from "./cookieOf";

/**
 * The cookie outlives the session: by it, whoever comes back too late is known as somebody who was signed in.
 * It opens nothing.
 */
const COOKIE_DAYS = IDLE_DAYS + 30;
const DAY_MS = 86_400_000;
/** A session in use is written down so often, and no more. */
const SEEN_EVERY_MS = 60_000;
/** Bytes of a token: 200 bits, as lucia's own. */
const TOKEN_BYTES = 25;

const hashed = (token: string): string => createHash("sha256").update(token).digest("hex");

/** What a request needs of its session's account, and no more of its row. */
type Account = Readonly<
  Pick<UserActor, "displayName" | "grants"> & { mayEnter: boolean; hasSecondStep: boolean }
>;

/** A session with its account, by the hash of its token. Built once: whoever is signed in asks it first. */
const sessionHeld = (db: Database) =>
  db
    .select({
      session: sessions,
      displayName: appUsers.displayName,
      disabledAt: appUsers.disabledAt,
      mailConfirmedAt: appUsers.mailConfirmedAt,
      grants: grantsHeld(db),
      hasSecondStep: secondStepOn(db),
    })
    .from(sessions)
    .innerJoin(appUsers, eq(appUsers.id, sessions.userId))
    .where(and(eq(sessions.id, sql.placeholder("id")), isNull(sessions.endedAt)))
    .prepare("session_held");

/**
 * Lucia keeps the cookie's value as the table's key; this keeps its hash instead, so a stolen table opens no
 * session. A session is read together with its account, in one statement.
 */
class HashingAdapter implements Adapter {
  private readonly held: ReturnType<typeof sessionHeld>;
  constructor(
    private readonly inner: Adapter,
    db: Database,
  ) {
    this.held = sessionHeld(db);
  }

  deleteExpiredSessions = () => this.inner.deleteExpiredSessions();
  deleteUserSessions: Adapter["deleteUserSessions"] = (userId) => this.inner.deleteUserSessions(userId);
  getUserSessions: Adapter["getUserSessions"] = (userId) => this.inner.getUserSessions(userId);
  // What ran out stays: by it, whoever comes back is told why they are asked to sign in. A clock forgets it.
  deleteSession: Adapter["deleteSession"] = () => Promise.resolve();
  updateSessionExpiration: Adapter["updateSessionExpiration"] = (token, at) =>
    this.inner.updateSessionExpiration(hashed(token), at);
  setSession: Adapter["setSession"] = (session) =>
    this.inner.setSession({ ...session, id: hashed(session.id) });
  getSessionAndUser: Adapter["getSessionAndUser"] = async (token) => {
    const [row] = await this.held.execute({ id: hashed(token) });
    if (!row) return [null, null];
    const { session, disabledAt, mailConfirmedAt, ...account } = row;
    const { userId, expiresAt } = session;
    return [
      { id: token, userId, expiresAt, attributes: session },
      {
        id: userId,
        attributes: { ...account, mayEnter: disabledAt === null && mailConfirmedAt !== null },
      },
    ];
  };
}

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseSessionAttributes: {
      createdAt: Date;
      lastSeenAt: Date;
      endedAt: Date | null;
      steppedUpAt: Date | null;
      byDemoDoor: boolean;
    };
    DatabaseUserAttributes: Account;
  }
}

function makeLucia(db: Database, secure: boolean) {
  return new Lucia(new HashingAdapter(new DrizzlePostgreSQLAdapter(db, sessions, appUsers), db), {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, "d"),
    // A cookie with the __Host- prefix needs https; over plain http (the demo) it has a plain name.
    sessionCookie: {
      name: secure ? "__Host-session" : "session",
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ createdAt, lastSeenAt, steppedUpAt, byDemoDoor }) => ({
      createdAt,
      lastSeenAt,
      steppedUpAt,
      byDemoDoor,
    }),
    getUserAttributes: (account) => account,
  });
}

/**
 * `steppedUpAt`: when they last showed their second step in this session; one that the demo's door began
 * counts as showing it all along.
 */
export type SignedIn = Readonly<{
  actor: UserActor;
  hasSecondStep: boolean;
  steppedUpAt: Date | null;
  byDemoDoor: boolean;
  setCookie?: string;
}>;

/**
 * How somebody showed who they are as a session began: by the second step too, or by the demo's door, where
 * nobody has secrets.
 */
export type ShownProof = "password" | "secondStep" | "demoDoor";

/**
 * A session that was one and is none any more: whose it was, and why it ended. `idle`: nobody used it for two
 * weeks, or it was too old.
 */
export type EndedSession = Readonly<{ userId: string; why: "idle" | SessionEnd }>;

export type Sessions = Readonly<{
  /** Starts a session; answers with the cookie to set. A fresh token at every sign-in. */
  start: (userId: string, now: Date, shown?: ShownProof) => Promise<string>;
  /**
   * The second step was shown anew in this session: it goes on, as old as it is, under a fresh token; the old
   * one opens nothing. Answers with the cookie to set; undefined when the session ended meanwhile.
   */
  stepUp: (request: Request, now: Date) => Promise<string | undefined>;
  /**
   * Who the request's cookie belongs to, and the cookie that prolongs it when it is due; undefined when there
   * is none, it ended, or the user was disabled.
   */
  read: (request: Request, now: Date) => Promise<SignedIn | undefined>;
  /**
   * Whose session the request's cookie was, when it is none any more; undefined for a cookie that never was
   * one, or was forgotten.
   */
  readEnded: (request: Request) => Promise<EndedSession | undefined>;
  /** Ends this session on the server; answers with the cookie that forgets it. */
  end: (request: Request, now: Date) => Promise<string>;
  /** The id of the request's session as the table has it, for whoever ends all others; it opens nothing. */
  idOf: (request: Request) => string | undefined;
}>;

/**
 * The only way to sessions, and the only importer of lucia: replacing it is a day's work here and nowhere
 * else. A session ends once nobody used it for some days, and after more whatever happens; that of staff
 * within a working day (`sessionIsOver`).
 */
export function makeSessions(db: Database, { secure }: { secure: boolean }): Sessions {
  const lucia = makeLucia(db, secure);
  const tokenOf = (request: Request) => cookieOf(request, lucia.sessionCookieName);
  const cookieFor = (token: string): string => {
    const cookie = lucia.createSessionCookie(token);
    cookie.attributes.maxAge = (COOKIE_DAYS * DAY_MS) / 1_000;
    return cookie.serialize();
  };

  return {
    async start(userId, now, shown = "password") {
      const steppedUpAt = shown === "password" ? null : now;
      const session = await lucia.createSession(userId, {
        createdAt: now,
        lastSeenAt: now,
        endedAt: null,
        steppedUpAt,
        byDemoDoor: shown === "demoDoor",
      });
      return cookieFor(session.id);
    },
    async stepUp(request, now) {
      const token = tokenOf(request);
      if (!token) return undefined;
      const fresh = generateIdFromEntropySize(TOKEN_BYTES);
      const went = await db
        .update(sessions)
        .set({ id: hashed(fresh), steppedUpAt: now, wrongCodes: 0 })
        .where(and(eq(sessions.id, hashed(token)), isNull(sessions.endedAt)))
        .returning({ userId: sessions.userId });
      return went.length > 0 ? cookieFor(fresh) : undefined;
    },
    async read(request, now) {
      const token = tokenOf(request);
      if (!token) return undefined;
      const { session, user } = await lucia.validateSession(token);
      if (!session || !user.mayEnter) return undefined;
      const { id: userId, displayName, grants, hasSecondStep } = user;
      const isStaff = grants.some(({ role }) => role !== "donor");
      if (sessionIsOver(session, { isStaff }, now)) return undefined;
      if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS)
        await db
          .update(sessions)
          .set({ lastSeenAt: now })
          .where(eq(sessions.id, hashed(token)));
      return {
        actor: { kind: "user", userId, displayName, grants },
        hasSecondStep,
        steppedUpAt: session.steppedUpAt,
        byDemoDoor: session.byDemoDoor,
        ...(session.fresh ? { setCookie: cookieFor(token) } : {}),
      };
    },
    async readEnded(request) {
      const token = tokenOf(request);
      if (!token) return undefined;
      const [row] = await db
        .select({ userId: sessions.userId, why: sessions.endedWhy })
        .from(sessions)
        .where(eq(sessions.id, hashed(token)));
      return row && { userId: row.userId, why: row.why ?? "idle" };
    },
    async end(request, now) {
      const token = tokenOf(request);
      if (token) {
        await db
          .update(sessions)
          .set({ endedAt: now, endedWhy: "signed_out" })
          .where(and(eq(sessions.id, hashed(token)), isNull(sessions.endedAt)));
      }

      return lucia.createBlankSessionCookie().serialize();
    },
    idOf(request) {
      const token = tokenOf(request);
      return token ? hashed(token) : undefined;
    },
  };
}
