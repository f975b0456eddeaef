/** Units handed over so many whole days after their promise; the last stands for all that took longer. */
export type DayCount = Readonly<{ days: number; units: bigint }>;

/** Days within which half of these units were handed over; undefined where none were. */
export function medianOf(counts: readonly DayCount[]): number | undefined {
  const all = counts.reduce((sum, { units }) => sum + units, 0n);
  let sofar = 0n;

  for (const { days, units } of counts.toSorted((a, b) => a.days - b.days)) {
    sofar += units;
    if (sofar * 2n >= all && all > 0n) return days;
  }

  return undefined;
}
