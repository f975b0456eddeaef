/** Amounts are whole fen (1/100 yuan) in a bigint; no float ever carries money. */
export type Fen = bigint;

/** Yuan with exactly two decimals and no grouping, for files that machines read: 4500n → "45.00". */
export function yuanText(amountFen: Fen): string {
  const sign = amountFen < 0n ? "-" : "";
  const size = amountFen < 0n ? -amountFen : amountFen;
  return `${sign}${size / 100n}.${(size % 100n).toString().padStart(2, "0")}`;
}

/** Splits without losing or inventing a fen: the first parts carry the remainder. */
export function splitEvenly(totalFen: Fen, parts: number): Fen[] {
  const count = BigInt(parts);
  return Array.from(
    { length: parts },
    (_, index) => totalFen / count + (BigInt(index) < totalFen % count ? 1n : 0n),
  );
}
