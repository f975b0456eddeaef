import type { TextSample } from "~/domain/kernel/tables/decodeText";
import type { FileProblem, RowProblem, TableRemark } from "~/domain/kernel/tables/table";

/** How a file's letters could be read, each with the value that says so of just this file. */
export type AskedLetters = readonly (TextSample & Readonly<{ value: string }>)[];

/** What is said of a file itself: why it was not read, or what is asked before. */
export type TableAnswer = Readonly<{ trouble?: FileProblem; asked?: AskedLetters }>;

const MOST_SHOWN = 100;

/** What a page shows of a file's rows: as many problems as help. */
export const shownProblems = (problems: readonly RowProblem[], remarks: readonly TableRemark[]) => ({
  problems: problems.slice(0, MOST_SHOWN),
  allProblems: problems.length,
  wrongRows: new Set(problems.map(({ row }) => row)).size,
  remarks,
});
export type ShownProblems = ReturnType<typeof shownProblems>;
