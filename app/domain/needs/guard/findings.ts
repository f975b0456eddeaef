/**
 * Something in a text that may point to a person, quoted as it was written. Hard findings must go; soft ones
 * may stay when the operator stands by them.
 */
export type Finding = Readonly<{
  kind: "own_record" | "number" | "contact" | "name_form" | "school" | "place" | "illness";
  text: string;
  hard: boolean;
}>;

const NAMED = 6;
const LONGEST = 40;

/** What a refusal says: how many places, and the first of them as they were written. */
export const namedFindings = (findings: readonly Finding[]): { n: number; found: string } => ({
  n: findings.length,
  found: findings
    .slice(0, NAMED)
    .map(({ text }) => `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`)
    .join(" "),
});
