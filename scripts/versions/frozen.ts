import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** What a later migration says of itself before its first statement. */
export const HEAD = ["why", "locks", "backfill", "reversible"] as const;

/**
 * A migration that a release has brought to databases we do not know: its bytes, and those of the functions
 * that it shipped with.
 */
const Frozen = z.object({ tag: z.string(), sha256: z.string(), functions: z.string() });
type Frozen = z.infer<typeof Frozen>;

/**
 * The migrations of a folder in their order, what is frozen of them, and the sum of the functions
 * (db/sql/before.sql).
 */
export type Versions = Readonly<{
  migrations: readonly Readonly<{ tag: string; when: number; sql: string }>[];
  frozen: readonly Frozen[];
  functions: string;
}>;

const sumOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const LIST = "migrations/frozen.json";

export function readVersions(folder = "db"): Versions {
  const text = (file: string) => readFileSync(path.join(folder, file), "utf8");
  const journal = z
    .object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })).max(10_000) })
    .parse(JSON.parse(text("migrations/meta/_journal.json")));
  return {
    migrations: journal.entries.map(({ tag, when }) => ({ tag, when, sql: text(`migrations/${tag}.sql`) })),
    frozen: z
      .array(Frozen)
      .max(10_000)
      .parse(JSON.parse(text(LIST))),
    functions: sumOf(text("sql/before.sql")),
  };
}

/**
 * The list with everything that there is now: what a release writes to `db/migrations/frozen.json`. What
 * stands in it stays as it is.
 */
export const frozenNow = ({ migrations, frozen, functions }: Versions): Frozen[] => [
  ...frozen,
  ...migrations.slice(frozen.length).map(({ tag, sql }) => ({ tag, sha256: sumOf(sql), functions })),
];

/**
 * What is wrong with the migrations: a frozen one is gone, out of its turn or other than it was; one was made
 * before the one that it follows; a later one has no head; the functions were changed without a migration, so
 * that a database of this version could not be told from one of the version before.
 */
export function problemsOf({ migrations, frozen, functions }: Versions): string[] {
  const last = frozen.at(-1);
  return [
    ...frozen.flatMap(({ tag, sha256 }, index) => {
      const now = migrations[index];
      if (now?.tag !== tag)
        return [
          `${tag} is frozen, but ${now === undefined ? "it is gone" : `${now.tag} stands in its place`}`,
        ];
      return sumOf(now.sql) === sha256
        ? []
        : [
            `${tag} is frozen, but it was changed: put it back, and make a new migration (npm run db:generate -- --name WORD)`,
          ];
    }),
    // A database is given what was made after the last one that it has: one made earlier, on another branch,
    // would be passed over.
    ...migrations.flatMap(({ tag, when }, index) => {
      const before = migrations[index - 1];
      return before === undefined || before.when < when
        ? []
        : [`${tag} was made before ${before.tag}, which it follows: delete it and generate it anew`];
    }),
    ...migrations.slice(1).flatMap(({ tag, sql }) => {
      const missing = HEAD.filter((word) => !new RegExp(`^-- ${word}: \\S`, "m").test(headOf(sql)));
      return missing.length === 0
        ? []
        : [`${tag} does not begin with ${missing.map((word) => `"-- ${word}: …"`).join(", ")}`];
    }),
    ...(last !== undefined && migrations.length === frozen.length && last.functions !== functions
      ? [
          `db/sql/before.sql was changed since ${last.tag}: it ships with a migration of its own (npm run db:generate -- --custom --name WORD)`,
        ]
      : []),
  ];
}

/** The lines of comment that a file begins with. */
const headOf = (sql: string): string => {
  const lines = sql.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("-- "));
  return lines.slice(0, end === -1 ? lines.length : end).join("\n");
};
