import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";

const FOLDER = "db/schema";
const HEAD = `# Tables

Made from \`db/schema\` by \`npm run erd\`, file by file; a test fails when it is stale. A line that leads to a table of another
file names it alone.
`;

type Config = ReturnType<typeof getTableConfig>;

/** A table with its columns, their types and keys. */
function box({ name, columns, foreignKeys }: Config): string {
  const references = new Set(
    foreignKeys.flatMap((key) => key.reference().columns.map((column) => column.name)),
  );
  const lines = columns.map((column) => {
    const key = column.primary ? " PK" : references.has(column.name) ? " FK" : "";
    return `    ${column.getSQLType().replace(/[^a-z0-9]+/g, "_")} ${column.name}${key}`;
  });
  return `  ${name} {\n${lines.join("\n")}\n  }`;
}

const links = ({ name, foreignKeys }: Config): string[] =>
  foreignKeys.map((key) => {
    const { foreignTable, columns } = key.reference();
    return `  ${getTableConfig(foreignTable).name} ||--o{ ${name} : "${columns.map((column) => column.name).join(", ")}"`;
  });

async function tablesOf(file: string): Promise<Config[]> {
  const schema = (await import(pathToFileURL(path.resolve(FOLDER, file)).href)) as Record<string, unknown>;
  return Object.values(schema)
    .filter((value): value is PgTable => value instanceof PgTable)
    .map((table) => getTableConfig(table));
}

/** docs/erd.md: of each file of the schema its tables, and what they refer to, as a Mermaid diagram. */
export async function erd(): Promise<string> {
  const parts = [HEAD];
  for (const file of readdirSync(FOLDER).toSorted()) {
    // The index tells every table once more.
    const tables = file === "index.ts" ? [] : await tablesOf(file);
    if (tables.length === 0) continue;

    const lines = [...tables.map(box).toSorted(), ...new Set(tables.flatMap(links).toSorted())];
    parts.push(`## ${path.basename(file, ".ts")}\n\n\`\`\`mermaid\nerDiagram\n${lines.join("\n")}\n\`\`\`\n`);
  }

  return parts.join("\n");
}

if (process.argv[1]?.endsWith("erd.ts")) writeFileSync("docs/erd.md", await erd());
