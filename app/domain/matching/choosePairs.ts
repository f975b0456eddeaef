type Line = Readonly<{ line: Readonly<{ id: string; open: bigint }>; lineUnit: Readonly<{ code: string }> }>;
type Lot<Candidate extends Line> = Readonly<{
  lot: Readonly<{ id: string }>;
  free: bigint;
  unit: Readonly<{ code: string }>;
  candidates: readonly Candidate[];
}>;

/** So many units of a lot for a line. */
export type Pair<Candidate extends Line> = Readonly<{
  lotId: string;
  candidate: Candidate;
  quantity: bigint;
}>;

/**
 * What the desk would give to whom: each lot in turn to the best of its lines until nothing of it is left, no
 * line more than it has open. What is counted otherwise than the line is left to people.
 * @param most pairs in all
 */
export function choosePairs<Candidate extends Line>(
  lots: readonly Lot<Candidate>[],
  most: number,
): Pair<Candidate>[] {
  const taken = new Map<string, bigint>();
  const pairs: Pair<Candidate>[] = [];

  for (const { lot, free, unit, candidates } of lots) {
    let left = free;

    for (const candidate of candidates) {
      const open = candidate.line.open - (taken.get(candidate.line.id) ?? 0n);
      const quantity = open < left ? open : left;
      if (quantity <= 0n || candidate.lineUnit.code !== unit.code) continue;
      if (pairs.length === most) return pairs;
      pairs.push({ lotId: lot.id, candidate, quantity });
      taken.set(candidate.line.id, (taken.get(candidate.line.id) ?? 0n) + quantity);
      left -= quantity;
    }
  }

  return pairs;
}
