/** Amounts are whole fen (1/100 yuan) in a bigint; no float ever carries money. */
export type Fen = bigint;

/** Reads yuan as people type them ("1,200", "45.5", "￥45"); undefined unless it is an amount above zero with at most two decimals. */
export function fenFromYuan(typed: string): Fen | undefined {
  const plain = typed.normalize("NFKC").replace(/[¥￥,\s元]/g, "");
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return undefined;
  const amount = BigInt(match[1] ?? "0") * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
  return amount > 0n ? amount : undefined;
}

/** Yuan with exactly two decimals and no grouping, for files that machines read: 4500n → "45.00". */
export function yuanText(amountFen: Fen): string {
  const sign = amountFen < 0n ? "-" : "";
  const size = amountFen < 0n ? -amountFen : amountFen;
  return `${sign}${size / 100n}.${(size % 100n).toString().padStart(2, "0")}`;
}

/** Splits without losing or inventing a fen: the first parts carry the remainder. */
export function splitEvenly(totalFen: Fen, parts: number): Fen[] {
  const count = BigInt(parts);
  return Array.from({ length: parts }, (_, index) => totalFen / count + (BigInt(index) < totalFen % count ? 1n : 0n));
}
