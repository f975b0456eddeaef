/**
 * The values that facts about a household and its people are kept in. Without imports, so that the browser's
 * finder, the rules and the tables all read the same list. Screening facts are codes: never a name, an
 * address or a day of birth.
 */
export const FACT_VALUES = {
  /** Recognised hardship of the household (认定类别). */
  status: ["dibao", "tekun", "dibao_margin", "rigid_expense", "none"],
  sex: ["female", "male"],
  /** Grade of the disability certificate (GB/T 26341): 1 and 2 are severe. */
  disabilityGrade: ["none", "grade_1", "grade_2", "grade_3", "grade_4"],
  disabilityKind: ["none", "sight", "hearing", "speech", "physical", "intellectual", "mental", "multiple"],
  /** Help needed in daily life: none, in part (半失能), wholly (失能). */
  careNeed: ["none", "partial", "full"],
  childSituation: ["none", "orphan", "unsupported", "in_hardship", "left_behind"],
  study: ["none", "kindergarten", "compulsory", "senior_high", "vocational", "university"],
  work: ["working", "looking", "unable", "retired", "none"],
  /** Which social insurance they are in: as an employee, as a resident, or none. */
  insurance: ["employee", "resident", "none"],
  pregnancy: ["none", "planning", "pregnant"],
  /** A disabled veteran is both: a veteran, and entitled to preferential treatment. */
  service: ["none", "veteran", "preferential", "both"],
} as const;

export type FactValue<Fact extends keyof typeof FACT_VALUES> = (typeof FACT_VALUES)[Fact][number];

/**
 * Amounts and ages that rules compare with. Values are dated rows (list_parameter), never constants in code.
 */
export const PARAMETER_CODES = [
  "dibao_standard_fen",
  "dibao_margin_percent",
  "classified_supplement_percent",
  "old_age_years",
  "very_old_age_years",
] as const;
export type ParameterCode = (typeof PARAMETER_CODES)[number];

/** Occasions of life by which people look for help. */
export const LIFE_SITUATIONS = [
  "hardship",
  "child",
  "study",
  "pregnancy",
  "old_age",
  "disability",
  "illness",
  "work",
  "home",
  "law",
  "service",
  "daily_life",
] as const;
export type LifeSituation = (typeof LIFE_SITUATIONS)[number];

/** For whom an item is meant, as a visitor may filter by it. */
export const AUDIENCES = [
  "everyone",
  "low_income",
  "child",
  "student",
  "woman",
  "older_person",
  "disabled_person",
  "ill",
  "carer",
  "worker",
  "veteran",
] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What anybody may say is wrong with an item of the lists. */
export const ITEM_REPORT_KINDS = ["closed", "phone", "content", "place", "other"] as const;
export type ItemReportKind = (typeof ITEM_REPORT_KINDS)[number];
