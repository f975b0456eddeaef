import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connect, type Connection } from "~db/client";
import { aListOf, manyEntries } from "../factories/imports";
import { cookieOf, newcomer } from "../support/portalDatabase";
import { ended, startPortal } from "./portal";
import { aService } from "./services";
import { percentile, rounded, say, withDatabase } from "./support";

const SERVICES = 4_000;
const ENTRIES = 500;
const IDLE_MS = 5_000;

type Health = Readonly<{ p95: number; worst: number; asked: number }>;
type Step = Readonly<{ seconds: number; health: Health }>;

/**
 * Files that come in through the running portal over HTTP, while /healthz is asked every 20 ms: a list's file
 * of hundreds of entries, thousands of services of another directory as HSDS (tried out, then taken in and
 * written by the worker, which runs in the same process), and then the portal's own export whole, coming back
 * in the same two steps. `ratio`: the 95th percentile of /healthz while files come in, over that of the idle
 * portal.
 */
export async function files(flags: ReadonlyMap<string, number>) {
  const services = flags.get("rows") ?? SERVICES;
  const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-bench-files-"));
  return withDatabase({ durable: true }, async (database) => {
    const portal = await startPortal(database, folder, "both");
    const at = `http://127.0.0.1:${portal.said}`;
    const asker = fork("tests/bench/health.ts", [`${at}/healthz`], { execArgv: ["--import", "tsx"] });
    const connection = connect(database.appUrl, { max: 1 });
    const asked = async () => {
      asker.send("tell");
      const [told] = (await once(asker, "message")) as [{ times: number[]; failed: number }];
      return told;
    };

    const health = async (): Promise<Health> => {
      const { times, failed } = await asked();
      if (failed > 0 || times.length === 0)
        throw new Error(`/healthz failed ${failed} times of ${failed + times.length}`);
      return { p95: percentile(times, 0.95), worst: Math.max(...times), asked: times.length };
    };

    const during = async <Answer>(
      name: string,
      work: () => Promise<Answer>,
    ): Promise<Step & Readonly<{ answer: Answer }>> => {
      // What was asked before is not of this.
      await asked();
      const startedAt = performance.now();
      const answer = await work();
      const seconds = (performance.now() - startedAt) / 1_000;
      const measured = await health();
      say(
        `${name}: ${rounded(seconds, 1)} s, /healthz p95 ${rounded(measured.p95, 1)} ms, worst ${rounded(measured.worst, 0)} ms of ${measured.asked}`,
      );
      return { answer, seconds, health: measured };
    };

    try {
      const cookie = await anOperatorsCookie(connection);
      const send = (bytes: Buffer, more: Readonly<Record<string, string>> = {}) =>
        sendFile(`${at}/lists-desk/hsds`, cookie, bytes, more);
      // What is done once in a process is done: pages compiled, connections open.
      await send(Buffer.from(JSON.stringify([aService(0)])));
      await pause(2_000);
      const idle = await during("idle", () => pause(IDLE_MS));

      const foreign = Buffer.from(
        Array.from({ length: services }, (_, index) => JSON.stringify(aService(index))).join("\n"),
      );
      const tried = await during(`${services} services (${megabytes(foreign)} MB) read and checked`, () =>
        send(foreign),
      );
      const taken = await during("… and taken in", () => send(foreign, { write: "yes", seen: tried.answer }));
      const written = await during("… and written by the worker", () => untilWritten(connection));
      await countServices(database.ownerUrl, services);
      const listTaken = await during(`a list's file of ${ENTRIES} new entries taken in`, () =>
        sendList(at, cookie),
      );
      const listWritten = await during("… and written by the worker", () => untilWritten(connection));

      const out = await during("the portal's own export goes out", async () => {
        const answer = await fetch(`${at}/api/hsds/services?format=ndjson&full=true`);
        return Buffer.from(await answer.arrayBuffer());
      });
      const own = out.answer;
      const back = await during(`… and comes back (${megabytes(own)} MB)`, () => send(own));
      const again = await during("… and is written: nothing new", () =>
        send(own, { write: "yes", seen: back.answer }),
      );
      await countServices(database.ownerUrl, services);

      const steps = { tried, taken, written, listTaken, listWritten, out, back, again };
      const p95 = Math.max(
        ...[tried, taken, written, listTaken, listWritten, back, again].map((step) => step.health.p95),
      );
      return {
        ratio: rounded(p95 / idle.health.p95, 2),
        means:
          "95th percentile of /healthz during the import that kept it longest, over the idle portal's; lower is better",
        services,
        exportMegabytes: megabytes(own),
        seconds: Object.fromEntries(
          Object.entries(steps).map(([name, step]) => [name, rounded(step.seconds, 1)]),
        ),
        healthP95Ms: Object.fromEntries(
          Object.entries({ idle, ...steps }).map(([name, step]) => [name, rounded(step.health.p95, 1)]),
        ),
        healthWorstMs: Object.fromEntries(
          Object.entries({ idle, ...steps }).map(([name, step]) => [name, rounded(step.health.worst, 0)]),
        ),
      };
    } finally {
      asker.kill();
      await ended(portal.child);
      await connection.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const megabytes = (bytes: Buffer): number => rounded(bytes.length / 1e6, 1);

const anOperatorsCookie = async (connection: Connection): Promise<string> =>
  cookieOf(connection, await newcomer(connection, { role: "operator", scope: { kind: "city" } }));

/** Sends a file as the page's form does. @returns the mark of what was shown, with which it may be written */
async function sendFile(
  url: string,
  cookie: string,
  bytes: Buffer,
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ list: "social", publish: "yes", ...more }))
    form.set(name, value);
  form.append("files", new Blob([new Uint8Array(bytes)]), "services.ndjson");
  const answer = await fetch(url, {
    method: "POST",
    body: form,
    headers: { cookie, origin: new URL(url).origin },
    redirect: "manual",
  });
  const page = await answer.text();
  if (more["write"] === "yes" && answer.status === 302) return "";
  const said = more["write"] === "yes" ? "已经写入" : "什么也没有写入";
  if (answer.status !== 200 || !page.includes(said))
    throw new Error(`${url} answered ${answer.status} and does not say ${said}`);
  return /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? "";
}

async function sendList(at: string, cookie: string): Promise<void> {
  const form = new FormData();
  form.set("write", "yes");
  form.append("file", new Blob([new Uint8Array(aListOf(manyEntries(ENTRIES)))]), "list.csv");
  const answer = await fetch(`${at}/lists-desk/files`, {
    method: "POST",
    body: form,
    headers: { cookie, origin: at },
    redirect: "manual",
  });
  if (answer.status !== 302) throw new Error(`the list's file was answered with ${answer.status}`);
}

async function untilWritten({ db }: Connection): Promise<void> {
  for (;;) {
    const states = await db.execute<{ state: string }>("select state from import_job");
    if (states.every(({ state }) => state === "done")) return;
    await pause(20);
  }
}

async function countServices(url: string, expected: number): Promise<void> {
  const connection = connect(url, { max: 1 });
  const [row] = await connection.db.execute<{ n: number }>(
    "select count(*)::int as n from list_item where hsds_id is not null",
  );
  await connection.close();
  if (row?.n !== expected) throw new Error(`${row?.n ?? 0} of ${expected} services are there`);
}
