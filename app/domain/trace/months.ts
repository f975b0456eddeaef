/** The last so many calendar months (`YYYY-MM`) up to that of a day, the oldest first. */
export function lastMonths(day: string, many: number): string[] {
  const [year = 0, month = 1] = day.split("-").map((part) => parseInt(part, 10));
  return Array.from({ length: many }, (_, index) =>
    new Date(Date.UTC(year, month - many + index, 1)).toISOString().slice(0, 7),
  );
}
