/** One statement as the driver sent it, with the types that the server gives its parameters. */
export type Statement = Readonly<{ query: string; parameters: readonly unknown[]; types: readonly string[] }>;

const MADE_ID = /ffffffff-0000-7000-8000-([0-9a-f]{12})/g;
const LINE_ID = /00000000-0000-7000-b000-[0-9a-f]{12}/g;
const NEED_ID = /00000000-0000-7000-a000-[0-9a-f]{12}/g;
const DONOR_ID = /00000000-0000-7000-c000-[0-9a-f]{12}/g;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL for a text in which ids of the recording become ids of this run of the script. */
function expression(text: string, code: string, token: string): string {
  const parts: string[] = [];
  let rest = text;
  const markers = [
    {
      find: new RegExp(MADE_ID.source),
      sql: (match: RegExpExecArray) =>
        `lpad(to_hex(:c::bigint), 8, '0') || '-000' || :run || '-7000-8' || lpad(to_hex(:client_id::bigint), 3, '0') || '-${match[1] ?? ""}'`,
    },
    {
      find: new RegExp(LINE_ID.source),
      sql: () => "'00000000-0000-7000-b000-' || lpad(to_hex(:r::bigint), 12, '0')",
    },
    {
      find: new RegExp(NEED_ID.source),
      sql: () => "'00000000-0000-7000-a000-' || lpad(to_hex(:r::bigint), 12, '0')",
    },
    {
      find: new RegExp(DONOR_ID.source),
      sql: () => "'00000000-0000-7000-c000-' || lpad(to_hex(:d::bigint), 12, '0')",
    },
    { find: new RegExp(code), sql: () => `'${code}' || :run || '-' || :client_id || '-' || :c` },
    { find: new RegExp(token), sql: () => `'${token}' || :run || '-' || :client_id || '-' || :c` },
  ];
  while (rest !== "") {
    const next = markers
      .map((marker) => ({ marker, match: marker.find.exec(rest) }))
      .filter(
        (candidate): candidate is { marker: (typeof markers)[number]; match: RegExpExecArray } =>
          candidate.match !== null,
      )
      .sort((a, b) => a.match.index - b.match.index)[0];
    if (!next) {
      parts.push(quoted(rest));
      break;
    }

    if (next.match.index > 0) parts.push(quoted(rest.slice(0, next.match.index)));
    parts.push(next.marker.sql(next.match));
    rest = rest.slice(next.match.index + next.match[0].length);
  }

  return parts.length === 1 && parts[0]?.startsWith("'") && !parts[0].includes("||")
    ? parts[0]
    : `(${parts.join(" || ")})`;
}

/** A parameter of a statement, as a text that the server reads. */
export const textOf = (value: unknown): string =>
  value instanceof Date
    ? value.toISOString()
    : typeof value === "string" || typeof value === "bigint"
      ? String(value)
      : JSON.stringify(value);

/**
 * The recorded statements as a script of pgbench: the same SQL in the same transactions, with ids, codes and
 * request keys made anew for every run, a line among `:first` to `:last` and any donor. What does not vary
 * stands in it as it was sent.
 */
export function scriptOf(
  statements: readonly Statement[],
  {
    donors,
    code,
    token,
  }: { donors: number; /** What must differ from run to run beside ids. */ code: string; token: string },
): string {
  const lines = statements.map(({ query, parameters, types }) => {
    const sql = query.replace(/\$(\d+)/g, (_whole, number: string) => {
      const value = parameters[Number(number) - 1];
      if (value === null || value === undefined) return "null";
      const written = expression(textOf(value), code, token);
      const cast = written.startsWith("(") ? `::${types[Number(number) - 1] ?? "text"}` : "";
      return `${written}${cast}`;
    });
    return `${sql.trim().replace(/;$/, "").replace(/\s+/g, " ")};`;
  });
  return ["\\set c :c + 1", "\\set r random(:first, :last)", `\\set d random(1, ${donors})`, ...lines].join(
    "\n",
  );
}
