/** A column whose values a migration means to change or to take away, and why nothing is lost by it. Everything else has to stay as it was. */
export type MeantChange = Readonly<{ column: `${string}.${string}`; by: string; why: string }>;

export const MEANT_CHANGES: readonly MeantChange[] = [];
