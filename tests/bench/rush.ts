import { basketCookie } from "~/http/basket.server";
import { amongDonors, ask } from "./donors";
import { median, percentile, rounded, say } from "./support";

const DONORS = 2_000;
const UNITS = 100;
/** All of them press the button within so long. */
const WITHIN_MS = 1_000;
/** What stands before the portal keeps so many connections to it, whoever comes. */
const CONNECTIONS = 256;

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
  return amongDonors({ units: UNITS, connections: CONNECTIONS }, async (among) => {
    const { world, agent, origin, wish, signedIn } = among;
    const [basket = ""] = basketCookie([{ lineId: wish.lineId, quantity: 1 }], { secure: false }).split(";");
    const sessions = await signedIn(donors);
    const url = new URL("/basket", origin);
    /** One basket, and how long its answer took from the moment at which it was due. */
    const send = async (session: string, held: string, dueAt: number) => {
      const form = { intent: "submit", requestKey: world.system.newId() };
      const { status, location } = await ask({ url, agent, cookie: `${session}; ${held}`, form });
      const endedAt = performance.now();
      const isHeld = /\/gifts\/G[^/]*\/confirm/.test(location);
      return { status, isHeld, milliseconds: endedAt - dueAt, endedAt };
    };

    // Once before: a portal that has just started has not yet read its own code.
    for (const session of sessions.slice(0, 20)) await send(session, "basket=", performance.now());

    const startedAt = performance.now();
    const answers = await Promise.all(
      sessions.map(async (session, place) => {
        const dueAt = startedAt + (place * WITHIN_MS) / donors;
        await at(dueAt);
        return send(session, basket, dueAt);
      }),
    );
    const won = answers.filter(({ isHeld }) => isHeld);
    const lost = answers.filter(({ isHeld }) => !isHeld);
    const faults = answers.filter(({ status }) => status >= 500);
    if (faults.length > 0)
      throw new Error(`${faults.length} were answered with ${String(faults[0]?.status)}`);
    if (won.length !== Math.min(UNITS, donors)) throw new Error(`${won.length} got one of ${UNITS}`);
    const seconds = (milliseconds: number) => rounded(milliseconds / 1_000, 2);
    const waited = (some: typeof answers) => some.map(({ milliseconds }) => milliseconds);
    const last = Math.max(...answers.map(({ endedAt }) => endedAt)) - startedAt;
    say(
      `${won.length} of ${donors} got one; statuses ${[...new Set(answers.map(({ status }) => status))].join(", ")}`,
    );
    return {
      ratio: seconds(last),
      means:
        "seconds from the first of two thousand baskets, all sent within one second for a hundred units, until the last was answered: lower is better",
      winnersP99Seconds: seconds(percentile(waited(won), 0.99)),
      winnersMedianSeconds: seconds(median(waited(won))),
      losersMedianSeconds: seconds(median(waited(lost))),
      lastAnswerSeconds: seconds(last),
    };
  });
}
