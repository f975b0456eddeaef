import type { KnownOfHousehold, Span } from "./facts";

const over = (fen: number | null, people: number | null): number | null =>
  fen === null || people === null || people === 0 ? null : Math.floor(fen / people);

/**
 * The income of all by their number, in fen for each head, cut down to the fen in the household's favour.
 * Null while either is not known.
 */
export function incomePerHead(total: Span | null | undefined, size: Span | null | undefined): Span | null {
  if (!total || !size) return null;
  const [min, max] = [over(total.min, size.max), over(total.max, size.min)];
  return min === null && max === null ? null : { min, max };
}

/**
 * What follows from what is known: income for each head from the income of all and their number, whatever was
 * said beside it; only where no more than one bound follows does what was said stand.
 */
export function withDerived(household: KnownOfHousehold): KnownOfHousehold {
  const derived = incomePerHead(household.incomeTotalFen, household.householdSize);
  const isWhole = derived !== null && derived.min !== null && derived.max !== null;
  return derived && (isWhole || !household.incomePerHeadFen)
    ? { ...household, incomePerHeadFen: derived }
    : household;
}
