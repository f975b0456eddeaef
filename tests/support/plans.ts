export type Plan = Readonly<{
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  /** Only of a plan that was run. */
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: readonly Plan[];
}>;

/** What the database was asked, as the driver sent it. */
export type Asked = Readonly<{ query: string; parameters: readonly unknown[] }>;

/** A plan and all that is below it. */
export const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** A parameter of a statement, as a text that the server reads. */
const textOf = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === "string" || typeof value === "bigint"
      ? String(value)
      : JSON.stringify(value);

/** A parameter as it stands in SQL. */
export const literal = (value: unknown): string =>
  value === null || value === undefined ? "null" : `'${textOf(value).replaceAll("'", "''")}'`;

/** A statement with its parameters written into it. */
export const writtenOut = ({ query, parameters }: Asked): string =>
  query.replace(/\$(\d+)/g, (_whole, number: string) => literal(parameters[Number(number) - 1]));
