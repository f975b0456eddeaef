import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import os from "node:os";
import path from "node:path";
import { runChecks } from "~/domain/checks.server";
import { makeSessions } from "~/session/sessions.server";
import { connect } from "~db/client";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { aWorld, Clock, type World } from "../support/world";
import { ended, startPortal } from "./portal";
import { withDatabase } from "./support";

/** Donors are made so many at a time. */
const AT_ONCE = 50;

export type Answer = Readonly<{
  status: number;
  location: string;
  cookies: readonly string[];
  body: string;
}>;

type Asked = Readonly<{
  url: URL;
  agent: Agent;
  cookie: string;
  /** What is sent with it: a form, as a browser sends it. */
  form?: Readonly<Record<string, string>>;
}>;

/** One page or form as a browser asks for it, over a kept connection. */
export function ask(asked: Asked): Promise<Answer> {
  const { url, agent, cookie, form } = asked;
  const body = form && new URLSearchParams(form).toString();
  const sent =
    body === undefined
      ? {}
      : {
          origin: url.origin,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": body.length,
        };
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const asking = request(url, { method, agent, headers: { cookie, ...sent } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? "",
          cookies: answer.headers["set-cookie"] ?? [],
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    asking.once("error", (error: NodeJS.ErrnoException) => {
      // A kept connection that the portal closed at this moment is no answer: sent again, under its key.
      if (asking.reusedSocket && error.code === "ECONNRESET") resolve(ask(asked));
      else reject(error);
    });
    asking.end(body);
  });
}

/** A built portal with one published wish, and donors who are signed in. */
export type AmongDonors = Readonly<{
  world: World;
  agent: Agent;
  origin: string;
  portalPid: number | undefined;
  superuserUrl: string;
  wish: Readonly<{ code: string; lineId: string }>;
  /** The cookies of so many new donors' sessions. */
  signedIn: (donors: number) => Promise<string[]>;
}>;

/**
 * Starts one copy of the built portal on an empty, durable database with one wish of so many units, for
 * `work`.
 * @throws when a check finds anything afterwards
 */
export async function amongDonors<T>(
  { units, connections }: Readonly<{ units: number; connections: number }>,
  work: (among: AmongDonors) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-donors-"));
  return withDatabase({ durable: true }, async (database) => {
    const portal = await startPortal(database, path.join(folder, "files"));
    const connection = connect(database.appUrl);
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    try {
      const world = aWorld(connection.db, { clock: new Clock(new Date()) });
      const { line, code } = await aPublishedWish(world, await aTeam(world), {
        heads: 5_000,
        lines: [{ quantity: BigInt(units) }],
      });
      const sessions = makeSessions(connection.db, { secure: false });
      const oneSignedIn = async (): Promise<string> => {
        const { userId } = await aDonor(world);
        return (await sessions.start(userId, new Date())).split(";")[0] ?? "";
      };

      const signedIn = async (donors: number): Promise<string[]> => {
        const cookies: string[] = [];
        while (cookies.length < donors) {
          const some = Math.min(AT_ONCE, donors - cookies.length);
          cookies.push(...(await Promise.all(Array.from({ length: some }, oneSignedIn))));
        }

        return cookies;
      };

      const answer = await work({
        world,
        agent,
        origin: `http://127.0.0.1:${portal.said}`,
        portalPid: portal.child.pid,
        superuserUrl: database.superuserUrl,
        wish: { code, lineId: line.id },
        signedIn,
      });
      const wrong = (await runChecks(connection.db)).flatMap((check) => check.wrong);
      if (wrong.length > 0) throw new Error(`the checks found ${wrong.join("; ")}`);
      return answer;
    } finally {
      agent.destroy();
      await connection.close();
      await ended(portal.child);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
