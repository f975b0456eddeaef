import type { Mutation } from "./mutation";

const REPLICA_TEST = "tests/integration/database/replica.test.ts";

/** What may be read from a server that follows the database, and what a cache on the way may keep. */
export const REPLICA: readonly Mutation[] = [
  {
    name: "a replica shows what was taken down while it is behind",
    file: "app/server/replica.server.ts",
    from: `(await readVersion()) === publicVersion ? visitors.db`,
    to: `(await readVersion()) <= publicVersion ? visitors.db`,
    test: REPLICA_TEST,
    only: "of the version",
  },
  {
    name: "a book is read from a replica that lacks what was just written",
    file: "app/server/replica.server.ts",
    from: `return head && (await reaches(head))?.holdsAll === true ?`,
    to: `return head && (await reaches(head)) ?`,
    test: REPLICA_TEST,
    only: "misses nothing",
  },
  {
    name: "a replica of long ago is read",
    file: "app/server/replica.server.ts",
    from: `behindSeconds > mostLateSeconds ? "behind" : "near"`,
    to: `behindSeconds > Infinity ? "behind" : "near"`,
    test: REPLICA_TEST,
    only: "too far behind",
  },
  {
    name: "a page fails with its replica",
    file: "app/server/makeServer.server.ts",
    from: `return made && made.status < 500 ? made :`,
    to: `return made ? made :`,
    test: REPLICA_TEST,
    only: "a still page",
  },
  {
    name: "the next checks pass over what the replica had not yet",
    file: "scripts/runChecks.ts",
    from: `when pg_is_in_recovery() then pg_last_xact_replay_timestamp() else`,
    to: `when false then pg_last_xact_replay_timestamp() else`,
    test: REPLICA_TEST,
    only: "the checks",
  },
  {
    name: "one form of a file is kept for everybody",
    file: "app/server/makeServer.server.ts",
    from: `c.header("Vary", "Accept-Encoding");`,
    to: ``,
    test: "tests/unit/server/assets.test.ts",
  },
  {
    name: "a cache keeps the home page of another language's reader",
    file: "app/server/publicPages.server.ts",
    from: `if (chosenHome(request) !== undefined) return undefined;`,
    to: ``,
    test: "tests/unit/server/publicPages.test.ts",
  },
];
