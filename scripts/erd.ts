import { writeFileSync } from "node:fs";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import * as schema from "~db/schema";

/** The tables and what refers to what, as a Mermaid diagram; columns with their types and keys. */
export function erd(): string {
  const tables = (Object.values(schema) as unknown[])
    .filter((value): value is PgTable => value instanceof PgTable)
    .map((table) => getTableConfig(table));
  const blocks = tables.map((table) => {
    const references = new Set(
      table.foreignKeys.flatMap((key) => key.reference().columns.map((column) => column.name)),
    );
    const columns = table.columns.map(
      (column) =>
        `    ${column.getSQLType().replace(/[^a-z0-9]+/g, "_")} ${column.name}${column.primary ? " PK" : references.has(column.name) ? " FK" : ""}`,
    );
    return `  ${table.name} {\n${columns.join("\n")}\n  }`;
  });
  const links = tables.flatMap((table) =>
    table.foreignKeys.map(
      (key) =>
        `  ${getTableConfig(key.reference().foreignTable).name} ||--o{ ${table.name} : "${key
          .reference()
          .columns.map((column) => column.name)
          .join(", ")}"`,
    ),
  );
  return `# Tables\n\nMade from db/schema by \`npm run erd\`; a test fails when it is stale.\n\n\`\`\`mermaid\nerDiagram\n${[...blocks.sort(), ...[...new Set(links)].sort()].join("\n")}\n\`\`\`\n`;
}

if (process.argv[1]?.endsWith("erd.ts")) writeFileSync("docs/erd.md", erd());
