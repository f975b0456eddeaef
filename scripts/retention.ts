import { writeFileSync } from "node:fs";
import { getTableName } from "drizzle-orm";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { KEPT } from "~/domain/retention/kept";
import { type KeepingTerm, RETENTION } from "~/domain/retention/terms.server";

const days = (count: number): string =>
  count === 0 ? "at once" : `${count} ${count === 1 ? "day" : "days"}`;
const held = (term: KeepingTerm): string =>
  "limit" in term ? `${days(LIMIT_DEFAULTS[term.limit])} (limit \`${term.limit}\`)` : days(term.days);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** What is kept for how long, and why: the text of docs/retention.md. */
export function retention(): string {
  const terms = RETENTION.map(({ table, rows, from, term, goes, why, basis }) =>
    row([`\`${getTableName(table)}\``, rows, held(term), from, goes, why, basis]),
  );
  const kept = KEPT.map(({ until, why, tables }) =>
    row([tables.map((table) => `\`${table}\``).join(", "), until, why]),
  );
  return [
    "# What is kept, for how long, and why",
    "",
    "Made from app/domain/retention by `npm run retention`; a test fails when it is stale, and when a table stands nowhere here. Tables of later",
    "versions are added there first. Days in force are those that the admins set; here stand the ones that a new installation starts with.",
    "",
    "## What goes",
    "",
    "The clock `forgetOverdue` (hourly) takes at most 500 rows in one transaction, and 200,000 of one kind in one run. What fails is named in the log and",
    "tried again in an hour; the other kinds go on. Logs of the process are not the database's: keep them for six months (Cybersecurity Law: at",
    "least six), and backups no longer than your rules allow, for what is erased here is still in them.",
    "",
    row(["table", "which rows", "kept for", "from", "what goes", "why so long", "law or reason"]),
    row(Array.from({ length: 7 }, () => "---")),
    ...terms,
    "",
    "## What stays",
    "",
    "No clock touches these; journal and books refuse it in the database itself.",
    "",
    row(["tables", "until", "why"]),
    row(Array.from({ length: 3 }, () => "---")),
    ...kept,
    "",
  ].join("\n");
}

if (process.argv[1]?.endsWith("retention.ts")) writeFileSync("docs/retention.md", retention());
