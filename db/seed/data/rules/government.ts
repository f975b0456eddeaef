import { AID_ITEMS } from "./government/aid";
import { CHILD_ITEMS } from "./government/child";
import { COMMUNITY_ITEMS } from "./government/community";
import { DISABILITY_ITEMS } from "./government/disability";
import { HEALTH_ITEMS } from "./government/health";
import { HOME_ITEMS } from "./government/home";
import { INSURANCE_ITEMS } from "./government/insurance";
import { LIVING_ITEMS } from "./government/living";
import { STUDY_ITEMS } from "./government/study";
import { WORK_ITEMS } from "./government/work";
import type { SeedItem } from "./seedItem";

/**
 * What stands beside each entry of the government list: names, occasions of life, who it is for, and its rule
 * with its case book.
 */
export const GOVERNMENT_ITEMS: Readonly<Record<string, SeedItem>> = {
  ...CHILD_ITEMS,
  ...STUDY_ITEMS,
  ...WORK_ITEMS,
  ...HEALTH_ITEMS,
  ...INSURANCE_ITEMS,
  ...HOME_ITEMS,
  ...LIVING_ITEMS,
  ...AID_ITEMS,
  ...DISABILITY_ITEMS,
  ...COMMUNITY_ITEMS,
};
