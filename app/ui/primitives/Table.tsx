import type { ReactNode } from "react";

type Column<Row> = Readonly<{ head: string; cell: (row: Row) => ReactNode; numeric?: boolean }>;

/** A table on wide screens; on phones and in elder size each row is a card that names its values. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    <table className="block w-full text-2 sm:table elder:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only sm:not-sr-only elder:sr-only">
        <tr className="border-b-2 border-line-strong">
          {columns.map((column) => (
            <th
              key={column.head}
              scope="col"
              className={`px-3 py-2 align-bottom font-semibold ${column.numeric ? "text-right" : "text-left"}`}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block sm:table-row-group elder:block">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            className="mb-3 block rounded-md border-(length:--border) border-line bg-surface p-3 sm:mb-0 sm:table-row sm:rounded-none sm:border-0 sm:border-b-(length:--border) sm:p-0 sm:hover:bg-sunken elder:mb-3 elder:block elder:rounded-md elder:border-(length:--border) elder:p-4"
          >
            {columns.map((column) => (
              <td
                key={column.head}
                className={`flex justify-between gap-4 py-1 sm:table-cell sm:px-3 sm:py-2.5 elder:flex elder:px-0 ${column.numeric ? "tabular sm:text-right" : ""}`}
              >
                <span aria-hidden="true" className="shrink-0 text-muted sm:hidden elder:inline">
                  {column.head}
                </span>
                <span className="min-w-0 text-right sm:text-inherit">{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
