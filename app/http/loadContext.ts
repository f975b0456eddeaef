import type { Ports } from "~/domain/kernel/ports";
import type { Keyring } from "~/domain/kernel/sealing.server";
import type { Settings } from "~/settings.server";
import type { Database } from "~db/client";

/** What the process gives to every request; together with the request it makes a use case's context. */
export type Runtime = Readonly<{
  settings: Settings;
  db: Database;
  /**
   * Where visitors read: connections of their own, whose statements end soon, so that no stranger's question
   * keeps those who work here waiting.
   */
  visitorsDb: Database;
  keys: Keyring;
  ports: Ports;
  now: () => Date;
  newId: () => string;
  randomBytes: (count: number) => Buffer;
  pause: (milliseconds: number) => Promise<void>;
}>;

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    runtime: Runtime;
    requestId: string;
    /** The nonce of this response's Content-Security-Policy. */
    nonce: string;
    clientAddress: string;
    /**
     * What the answer still has to say to the browser when the page is done: the cookie that prolongs a
     * session in use.
     */
    toSay: { sessionCookie?: string };
  }
  interface Future {
    v3_singleFetch: true;
  }
}
