import type { FactValue } from "~db/schema/factVocabulary";

/**
 * What a household has by being recognised as it is: the item of the government list that the recognition
 * itself grants, and what stands in its place. Such an item is no gap, is not pushed, and leaves the sheet's
 * list of what is missing.
 */
const GRANTED: Readonly<Record<FactValue<"status">, readonly string[]>> = {
  dibao: ["GW055"],
  // Who is supported as destitute has more than the minimum living allowance, never both.
  tekun: ["GW056", "GW055"],
  dibao_margin: ["ZS002"],
  rigid_expense: ["ZS002"],
  none: [],
};

/** The codes of the items that a household has by its recognition; none while that is not known. */
export const grantedTo = (status: FactValue<"status"> | null | undefined): readonly string[] =>
  status ? GRANTED[status] : [];
