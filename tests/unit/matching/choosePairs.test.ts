import { expect, test } from "vitest";
import { choosePairs } from "~/domain/matching/choosePairs";

const line = (id: string, open: bigint, unit = "piece") => ({ line: { id, open }, lineUnit: { code: unit } });
const lot = (id: string, free: bigint, candidates: readonly ReturnType<typeof line>[]) => ({
  lot: { id },
  free,
  unit: { code: "piece" },
  candidates,
});
const told = (...chosen: Parameters<typeof choosePairs>) =>
  choosePairs(...chosen).map(({ lotId, candidate, quantity }) => [lotId, candidate.line.id, quantity]);

test("each lot goes to the best of its lines until nothing is left, and no line gets more than it has open", () => {
  const lines = [line("a", 3n), line("b", 2n), line("c", 9n)];
  expect(told([lot("one", 4n, lines), lot("two", 3n, lines)], 50)).toEqual([
    ["one", "a", 3n],
    ["one", "b", 1n],
    ["two", "b", 1n],
    ["two", "c", 2n],
  ]);
});

test("what is counted otherwise is left to people, and never more pairs are chosen than one press decides", () => {
  expect(told([lot("one", 4n, [line("a", 3n, "set"), line("b", 1n)])], 50)).toEqual([["one", "b", 1n]]);
  const many = Array.from({ length: 60 }, (_line, index) => line(`l${index}`, 1n));
  expect(told([lot("one", 60n, many)], 50)).toHaveLength(50);
});
