import type { SeedItem } from "./seedItem";

/** The same for the social service list. */
export const SOCIAL_ITEMS: Readonly<Record<string, SeedItem>> = {};
