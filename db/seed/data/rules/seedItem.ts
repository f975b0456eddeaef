import type { BenefitAmount } from "~/domain/rules/amount";
import type { FactsWritten } from "~/domain/rules/factsShape";
import type { Rule } from "~/domain/rules/rule";
import type { Audience, LifeSituation } from "../../../schema/factVocabulary";

/** Facts as a case says them; a plain number is an exact value. */
export type SeedFacts = Readonly<
  Omit<FactsWritten, "members"> & { members?: readonly SeedMember[] | undefined }
>;
export type SeedHousehold = NonNullable<FactsWritten["household"]>;
export type SeedMember = NonNullable<FactsWritten["members"]>[number];

/** One example of a rule's case book. */
export type SeedCase = Readonly<{
  name: string;
  facts: SeedFacts;
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
  rule: "everyone" | "ask" | Rule;
  amount?: BenefitAmount;
  cases?: readonly SeedCase[];
}>;
