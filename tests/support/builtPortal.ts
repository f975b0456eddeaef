import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import pino from "pino";
import { listen } from "~/server/listen.server";
import { makeRuntime } from "~/server/makeRuntime.server";
import { makeServer } from "~/server/makeServer.server";
import { makeSessions } from "~/session/sessions.server";
import type { Settings } from "~/settings.server";
import { connect } from "~db/client";

export type BuiltPortal = Readonly<{
  url: string;
  /** Asks a page, as somebody or as a visitor, or sends its form. */
  ask: (at: string, who?: string | null, form?: Readonly<Record<string, string>>) => Promise<Response>;
  close: () => Promise<void>;
}>;

const quiet = pino({ level: "silent" });

/**
 * The portal as it is built, in this process, at a moment that stands still. Nobody's clocks run. Each
 * statement that it asks the database is told to whoever measures.
 */
export async function startBuiltPortal(
  settings: Settings,
  at: Date,
  onStatement?: (statement: string, parameters: readonly unknown[]) => void,
): Promise<BuiltPortal> {
  const connection = connect(settings.DATABASE_URL, { max: 4, onStatement });
  const runtime = { ...makeRuntime(settings, connection.db, { log: quiet }), now: () => at };
  const build = (await import(
    /* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href
  )) as ServerBuild;
  const server = await listen(makeServer({ build, runtime, ping: connection.ping, log: quiet }), {
    host: "127.0.0.1",
    port: 0,
    always: {},
  });
  const url = `http://127.0.0.1:${server.port}`;
  const sessions = makeSessions(connection.db, { secure: false });
  const cookies = new Map<string, string>();
  const cookieFor = async (who: string): Promise<string> => {
    const known = cookies.get(who) ?? (await sessions.start(who, at, "secondStep")).split(";")[0] ?? "";
    cookies.set(who, known);
    return known;
  };

  return {
    url,
    ask: async (place, who = null, form) => {
      const cookie = who === null ? {} : { Cookie: await cookieFor(who) };
      const sent = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
      return fetch(url + place, { ...sent, redirect: "manual", headers: { ...cookie, Origin: url } });
    },
    close: async () => {
      await server.close();
      await connection.close();
    },
  };
}
