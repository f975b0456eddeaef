import { ownOf } from "~/domain/kernel/own";
import type { KnownOfHousehold, KnownOfMember, Span } from "~/domain/rules/facts";
import type { AgeBand } from "~db/schema/households";

type OfHousehold = Pick<KnownOfHousehold, "status" | "livesAlone" | "singleParent">;
type OfMember = Omit<KnownOfMember, "ageYears">;

const AGES: Readonly<Record<AgeBand, Span | null>> = {
  under_6: { min: 0, max: 5 },
  "6_to_13": { min: 6, max: 13 },
  "14_to_17": { min: 14, max: 17 },
  "18_to_59": { min: 18, max: 59 },
  "60_to_79": { min: 60, max: 79 },
  "80_up": { min: 80, max: null },
  mixed: null,
};

/**
 * What the official class of a household says of it; where it only narrows a fact down ("severely disabled"),
 * the fact stays open.
 */
const OF_HOUSEHOLD: Readonly<Record<string, OfHousehold>> = {
  dibao: { status: "dibao" },
  tekun: { status: "tekun" },
  dibao_margin: { status: "dibao_margin" },
  rigid_expense: { status: "rigid_expense" },
  single_parent: { singleParent: true },
  living_alone: { livesAlone: true },
};

const OF_MEMBER: Readonly<Record<string, OfMember>> = {
  hard_to_employ: { work: "looking" },
  orphan: { childSituation: "orphan" },
  unsupported_child: { childSituation: "unsupported" },
  child_in_hardship: { childSituation: "in_hardship" },
  left_behind_child: { childSituation: "left_behind" },
  old_needing_care: { careNeed: "full" },
  needing_care: { careNeed: "full" },
  serious_illness: { seriousIllness: true },
  chronic_illness: { chronicIllness: true },
  carer: { caresForSomeone: true },
};

/** What registration alone says of a household, until somebody asks on a visit. */
export function factsOfRegistration({
  groupCode,
  ageBand,
  heads,
}: {
  groupCode: string;
  ageBand: AgeBand;
  heads: number;
}) {
  const ageYears = AGES[ageBand];
  return {
    // Of two or more people nobody lives alone, whatever the class of the household is called.
    household: { ...ownOf(OF_HOUSEHOLD, groupCode), livesAlone: heads === 1 },
    member: { ...ownOf(OF_MEMBER, groupCode) },
    ageYears,
    householdSize: heads,
    membersComplete: heads === 1,
  };
}
