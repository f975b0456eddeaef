import type { SeedItem } from "./seedItem";
import { CHILD_ITEMS } from "./social/child";
import { COMMUNITY_ITEMS } from "./social/community";
import { DISABILITY_ITEMS } from "./social/disability";
import { FAMILY_ITEMS } from "./social/family";
import { HARDSHIP_ITEMS } from "./social/hardship";
import { HEALTH_ITEMS } from "./social/health";
import { HOME_ITEMS } from "./social/home";
import { OLDER_ITEMS } from "./social/older";
import { STUDY_ITEMS } from "./social/study";
import { WORK_ITEMS } from "./social/work";

/** The same for the social service list. */
export const SOCIAL_ITEMS: Readonly<Record<string, SeedItem>> = {
  ...HARDSHIP_ITEMS,
  ...OLDER_ITEMS,
  ...CHILD_ITEMS,
  ...DISABILITY_ITEMS,
  ...HEALTH_ITEMS,
  ...STUDY_ITEMS,
  ...WORK_ITEMS,
  ...HOME_ITEMS,
  ...FAMILY_ITEMS,
  ...COMMUNITY_ITEMS,
};
