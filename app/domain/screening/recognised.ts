import type { FactWord } from "~db/schema/factWords";

/**
 * What a household has by being recognised as it is: the entry of the government list that the recognition
 * itself grants, and what stands in its place. Such an entry is no gap, is not pushed, and leaves the sheet's
 * list of what is missing.
 */
const GRANTED: Readonly<Record<FactWord<"status">, readonly string[]>> = {
  dibao: ["GW055"],
  // Who is supported as destitute has more than the minimum living allowance, never both.
  tekun: ["GW056", "GW055"],
  dibao_margin: ["ZS002"],
  rigid_expense: ["ZS002"],
  none: [],
};

/** The codes of the entries that a household has by its recognition; none while that is not known. */
export const grantedTo = (status: FactWord<"status"> | null | undefined): readonly string[] =>
  status ? GRANTED[status] : [];
