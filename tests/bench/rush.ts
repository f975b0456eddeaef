import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import os from "node:os";
import path from "node:path";
import { runChecks } from "~/domain/checks.server";
import { basketCookie } from "~/http/basket.server";
import { makeSessions } from "~/session/sessions.server";
import { connect } from "~db/client";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { aWorld, Clock } from "../support/world";
import { ended, startPortal } from "./portal";
import { median, percentile, rounded, say, withDatabase } from "./support";

const DONORS = 2_000;
const UNITS = 100;
/** All of them press the button within so long. */
const WITHIN_MS = 1_000;
/** What stands before the portal keeps so many connections to it, whoever comes. */
const CONNECTIONS = 256;
/** Donors are made so many at a time. */
const AT_ONCE = 50;

type Answer = Readonly<{ status: number; isHeld: boolean; milliseconds: number; endedAt: number }>;

/** One basket sent as a browser sends it; how long it took from the moment at which it was due. */
function send(url: URL, agent: Agent, cookie: string, requestKey: string, dueAt: number): Promise<Answer> {
  const body = new URLSearchParams({ intent: "submit", requestKey }).toString();
  const headers = {
    cookie,
    origin: url.origin,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": body.length,
  };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        const endedAt = performance.now();
        const isHeld = /\/gifts\/G[^/]*\/confirm/.test(answer.headers.location ?? "");
        resolve({ status: answer.statusCode ?? 0, isHeld, milliseconds: endedAt - dueAt, endedAt });
      });
    });
    asked.once("error", (error: NodeJS.ErrnoException) => {
      // A kept connection that the portal closed at this moment is no answer: sent again, under its key.
      if (asked.reusedSocket && error.code === "ECONNRESET")
        resolve(send(url, agent, cookie, requestKey, dueAt));
      else reject(error);
    });
    asked.end(body);
  });
}

/** Resolves at that moment of the process's own clock. */
const at = (moment: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, moment - performance.now()));
  });

/**
 * Two thousand donors send their baskets within a second for a hundred units of one wish, over HTTP, each
 * with a session, to one copy of the built portal. How long those waited who got one, and when the last one
 * knew.
 * @throws when more or fewer got one, when anybody was answered with a fault, or when a check finds anything
 */
export async function rush(flags: ReadonlyMap<string, number>) {
  const donors = flags.get("rows") ?? DONORS;
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-rush-"));
  return withDatabase({ durable: true }, async (database) => {
    // It starts on an empty database: what is then written is sealed under keys that only this bench has.
    const portal = await startPortal(database, path.join(folder, "files"));
    const connection = connect(database.appUrl);
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    try {
      const world = aWorld(connection.db, { clock: new Clock(new Date()) });
      const { line } = await aPublishedWish(world, await aTeam(world), {
        heads: 5_000,
        lines: [{ quantity: BigInt(UNITS) }],
      });
      const sessions = makeSessions(connection.db, { secure: false });
      const [basket = ""] = basketCookie([{ lineId: line.id, quantity: 1 }], { secure: false }).split(";");
      const cookies: string[] = [];
      const cookieOf = async (): Promise<string> => {
        const { userId } = await aDonor(world);
        const [session = ""] = (await sessions.start(userId, new Date())).split(";");
        return `${session}; ${basket}`;
      };

      while (cookies.length < donors) {
        const some = Math.min(AT_ONCE, donors - cookies.length);
        cookies.push(...(await Promise.all(Array.from({ length: some }, cookieOf))));
      }

      const url = new URL(`http://127.0.0.1:${portal.said}/basket`);
      // Once before: a portal that has just started has not yet read its own code.
      for (const cookie of cookies.slice(0, 20))
        await send(url, agent, cookie.replace(basket, "basket="), world.system.newId(), performance.now());

      const startedAt = performance.now();
      const answers = await Promise.all(
        cookies.map(async (cookie, place) => {
          const dueAt = startedAt + (place * WITHIN_MS) / donors;
          await at(dueAt);
          return send(url, agent, cookie, world.system.newId(), dueAt);
        }),
      );
      const won = answers.filter(({ isHeld }) => isHeld);
      const faults = answers.filter(({ status }) => status >= 500);
      const wrong = (await runChecks(connection.db)).flatMap((check) => check.wrong);
      if (faults.length > 0)
        throw new Error(`${faults.length} were answered with ${String(faults[0]?.status)}`);
      if (won.length !== Math.min(UNITS, donors)) throw new Error(`${won.length} got one of ${UNITS}`);
      if (wrong.length > 0) throw new Error(`the checks found ${wrong.join("; ")}`);
      const seconds = (milliseconds: number) => rounded(milliseconds / 1_000, 2);
      const lost = answers.filter(({ isHeld }) => !isHeld);
      const last = Math.max(...answers.map(({ endedAt }) => endedAt)) - startedAt;
      say(
        `${won.length} of ${donors} got one; statuses ${[...new Set(answers.map(({ status }) => status))].join(", ")}`,
      );
      return {
        ratio: seconds(last),
        means:
          "seconds from the first of two thousand baskets, all sent within one second for a hundred units, until the last was answered: lower is better",
        winnersP99Seconds: seconds(
          percentile(
            won.map(({ milliseconds }) => milliseconds),
            0.99,
          ),
        ),
        winnersMedianSeconds: seconds(median(won.map(({ milliseconds }) => milliseconds))),
        losersMedianSeconds: seconds(median(lost.map(({ milliseconds }) => milliseconds))),
        lastAnswerSeconds: seconds(last),
      };
    } finally {
      agent.destroy();
      await connection.close();
      await ended(portal.child);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
