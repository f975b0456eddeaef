import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { UserActor } from "~/domain/kernel/actor";
import { basketCookie } from "~/http/basket.server";
import { makeSessions } from "~/session/sessions.server";
import { DEMO_FILING_NUMBER } from "~db/seed/charity";
import type { House } from "./house";

type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders }>;
type Wish = Readonly<{ code: string; lineId: string }>;

/** What the portal told those who gave: it must be so, whatever died since. */
export type Told = Readonly<{
  /** Of promises: the gift's code by the key under which it was asked for. */
  held: Map<string, string>;
  /** Of promises: another gift that the same form was answered with when it came again. */
  asOther: Map<string, string>;
  confirmed: Set<string>;
  /** Sessions of which the payment page said that they are paid. */
  paid: Set<string>;
  /** Keys of promises and payments that were sent, answered or not. */
  sent: Set<string>;
  /** What befell each request, counted. */
  befell: Map<string, number>;
}>;

/** How long somebody waits before they try again. */
const AGAIN_MS = 100;
const CHOICES = { displayChoice: "kind_person", ifGone: "ask_me", notRelative: "yes" } as const;

/**
 * So many donors at once, each in a browser of their own, who promise, confirm or pay as fast as they are
 * answered. Whoever gets no answer sends the same form once more, with the same key, as a browser does that
 * is reloaded; after `stop`, nobody begins anything.
 */
export function startGivers(
  { url, desk, world }: House,
  wish: Wish,
  { promising, paying }: Readonly<{ promising: readonly UserActor[]; paying: readonly UserActor[] }>,
) {
  const told: Told = {
    held: new Map(),
    asOther: new Map(),
    confirmed: new Set(),
    paid: new Set(),
    sent: new Set(),
    befell: new Map(),
  };
  const stopping = new AbortController();
  const { signal } = stopping;
  const sessions = makeSessions(world.db, { secure: false });
  const basket = basketCookie([{ lineId: wish.lineId, quantity: 1 }], { secure: false }).split(";")[0] ?? "";
  const noted = (what: string) => told.befell.set(what, (told.befell.get(what) ?? 0) + 1);

  /** Until there is an answer that says what became of it; undefined when nobody waits any more. */
  async function answered(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    while (!signal.aborted) {
      try {
        const answer = await ask();
        noted(String(answer.status));
        if (answer.status < 500) return answer;
      } catch (error) {
        noted(error instanceof Error && "code" in error ? String(error.code) : String(error));
      }

      await pause(AGAIN_MS);
    }

    return undefined;
  }

  async function promise(cookie: string, agent: Agent): Promise<void> {
    const key = world.system.newId();
    told.sent.add(key);
    const submit = async () => {
      const submitted = await answered(() =>
        post(agent, `${url}/basket`, { intent: "submit", requestKey: key }, `${cookie}; ${basket}`),
      );
      return /\/gifts\/(\w+)\/confirm/.exec(submitted?.headers.location ?? "")?.[1];
    };

    const code = await submit();
    if (code === undefined) return;
    told.held.set(key, code);
    // The same form from a second tab, whatever has died since the answer to the first.
    const again = await submit();
    if (again !== undefined && again !== code) told.asOther.set(code, again);
    const form = { ...CHOICES, arrivalWay: "drop_off", requestKey: world.system.newId() };
    const confirmed = await answered(() => post(agent, `${url}/gifts/${code}/confirm`, form, cookie));
    if (confirmed?.status === 302) told.confirmed.add(code);
  }

  async function pay(cookie: string, agent: Agent): Promise<void> {
    const key = world.system.newId();
    told.sent.add(key);
    const form = {
      ...CHOICES,
      lineId: wish.lineId,
      quantity: "1",
      filingNumber: DEMO_FILING_NUMBER,
      requestKey: key,
    };
    const begun = await answered(() => post(agent, `${url}/wishes/${wish.code}/pay/1`, form, cookie));
    if (begun?.headers.location === undefined) {
      await pause(AGAIN_MS);
      return;
    }

    const page = new URL(begun.headers.location, url).pathname;
    const paid = await answered(() => post(agent, new URL(page, desk.url).href, { choice: "pay" }, ""));
    if (paid?.status === 303) told.paid.add(page.split("/").at(-1) ?? "");
    // Back from the payment page.
    const back = paid?.headers.location;
    if (back !== undefined) await answered(() => get(agent, new URL(back, url).href, cookie));
  }

  const start = async (
    donor: UserActor,
    act: (cookie: string, agent: Agent) => Promise<void>,
  ): Promise<void> => {
    const cookie = (await sessions.start(donor.userId, new Date())).split(";")[0] ?? "";
    const agent = new Agent({ keepAlive: true });
    while (!signal.aborted) await act(cookie, agent);
    agent.destroy();
  };

  const all = [
    ...promising.map((donor) => start(donor, promise)),
    ...paying.map((donor) => start(donor, pay)),
  ];
  const done = () => told.confirmed.size + told.paid.size;
  return {
    told,
    /** Once so many more acts were told to be done. */
    goOn: async (more: number): Promise<void> => {
      for (const before = done(); done() < before + more;) await pause(10);
    },
    stop: async (): Promise<Told> => {
      stopping.abort();
      await Promise.all(all);
      return told;
    },
  };
}

const post = (agent: Agent, url: string, form: Readonly<Record<string, string>>, cookie: string) =>
  ask(agent, url, "POST", cookie, new URLSearchParams(form).toString());
const get = (agent: Agent, url: string, cookie: string) => ask(agent, url, "GET", cookie, "");

function ask(agent: Agent, url: string, method: string, cookie: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      Origin: new URL(url).origin,
      Cookie: cookie,
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(body),
    };
    const sent = request(url, { agent, method, headers }, (answer) => {
      answer.once("error", reject);
      answer.once("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
      });
      answer.resume();
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
