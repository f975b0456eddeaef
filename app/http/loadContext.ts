import type { Ports } from "~/domain/kernel/ports";
import type { Keyring } from "~/domain/kernel/sealing.server";
import type { Settings } from "~/settings.server";
import type { Database } from "~db/client";
import type { Role } from "~db/schema/identity";

/** How a replica follows: "near" is read, no other is; `behindSeconds` is not known of one that is away. */
export type Following = Readonly<{
  state: "near" | "behind" | "away" | "another database";
  behindSeconds?: number;
}>;

/**
 * Another server that follows the database. Each of the three says where to read, or nothing where the
 * replica may not be read for that: then the database itself answers. Nothing can be written through it.
 */
export type Replica = Readonly<{
  /** For what may be ten seconds late. */
  forLate: () => Promise<Database | undefined>;
  /** The same for public pages: what left them until this version is gone there too. */
  forPages: (publicVersion: number) => Promise<Database | undefined>;
  /** For what takes long and misses nothing that was written until now. */
  forAllUntilNow: () => Promise<Database | undefined>;
  following: () => Promise<Following>;
}>;

/** What the process gives to every request; together with the request it makes a use case's context. */
export type Runtime = Readonly<{
  settings: Settings;
  db: Database;
  /**
   * Where visitors read: connections of their own, whose statements end soon, so that no stranger's question
   * keeps those who work here waiting.
   */
  visitorsDb: Database;
  /**
   * Where it is read who somebody is, and where those who only give read what is theirs: found by keys, it is
   * kept ready with its plans.
   */
  ownDb: Database;
  replica?: Replica | undefined;
  keys: Keyring;
  ports: Ports;
  now: () => Date;
  newId: () => string;
  randomBytes: (count: number) => Buffer;
  pause: (milliseconds: number) => Promise<void>;
}>;

/**
 * All that a page shows of whoever asks beside what it is about: how many things they mean to give, and in
 * which roles they are here, sorted; undefined for whoever is not signed in.
 */
export type Frame = Readonly<{ basket: number; roles: readonly Role[] | undefined }>;

declare module "@remix-run/server-runtime" {
  interface AppLoadContext {
    runtime: Runtime;
    requestId: string;
    /** The nonce of this response's Content-Security-Policy; a still page has no script that needs one. */
    nonce: string | undefined;
    /** Of a still page: its frame. The page itself is made as for a visitor, whoever asks. */
    frame?: Frame;
    /** Of a still page: the version of the public pages that it shows; none where it is for one reader. */
    publicVersion?: number;
    /** Of a still page that is read from a replica: where. */
    replicaDb?: Database;
    /** Where the browser is sent when the framework's script asked for a still page as data. */
    byBrowser?: string;
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
