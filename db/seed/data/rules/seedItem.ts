import type { Audience, LifeSituation } from "../../../schema/factWords";

/**
 * One example of a rule's case book. Facts are those of directory/rules/facts; a plain number is an exact
 * value.
 */
type SeedCase = Readonly<{
  name: string;
  facts: Readonly<Record<string, unknown>>;
  expect: "likely" | "maybe" | "not";
}>;

/**
 * What an entry of the lists is given beside its published text. `rule` is a typed expression, or says that
 * the entry is open to everyone, or that its text is too vague for a rule and somebody must be asked. A test
 * reads every one through its zod shape.
 */
export type SeedItem = Readonly<{
  nameEn: string;
  situations: readonly LifeSituation[];
  audiences: readonly Audience[];
  howToApply?: string;
  papers?: readonly string[];
  rule: "everyone" | "ask" | Readonly<Record<string, unknown>>;
  amount?: Readonly<Record<string, unknown>>;
  cases?: readonly SeedCase[];
}>;
