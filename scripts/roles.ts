import { writeFileSync } from "node:fs";
import { ROLE_OF, TABLE } from "../tests/e2e/whoGetsIn";

const HEAD = `# Who gets in where

Made by \`npm run roles\` from the table that the browser tests try, route by route, as everybody (\`tests/e2e/whoGetsIn.ts\`); a
test fails when it is stale. Of pages of one's own thing the tests ask for somebody else's, which does not exist for them
(\`tests/e2e/thingsOfOthers.ts\` says whose each is). What a role may do on a page is asked again by its use case.
`;

const roles = Object.values(ROLE_OF);

/** docs/roles.md: each route, and a mark for each role that its page opens for. */
export function rolesPage(): string {
  const rows = Object.entries(TABLE).map(([route, row]) => {
    const at = `\`/${route}\``;
    if ("object" in row) return `| ${at} | ${roles.map(() => "own").join(" | ")} |`;
    if ("post" in row) return `| ${at} | ${roles.map(() => "form").join(" | ")} |`;
    if ("elsewhere" in row) return `| ${at} | ${roles.map(() => "–").join(" | ")} |`;
    const opens = new Set<string>(row.allowed);
    return `| ${at} | ${Object.keys(ROLE_OF)
      .map((who) => (opens.has(who) ? "yes" : ""))
      .join(" | ")} |`;
  });
  return `${HEAD}
*yes*: the page opens. *own*: only what is one's own, or of one's town, point or organisation. *form*: takes a form only.
*–*: tried by a test of its own.

| route | ${roles.join(" | ")} |
| --- | ${roles.map(() => "---").join(" | ")} |
${rows.join("\n")}
`;
}

if (process.argv[1]?.endsWith("roles.ts")) writeFileSync("docs/roles.md", rolesPage());
