import { sql } from "drizzle-orm";

/** Wishes that wait for the word of their town. */
export const WAITS_FOR_TOWN = sql`kind = 'wish' and state = 'submitted'`;
/** Needs that wait for the city's: verified, suspended, an organisation's, or left lying by their town. */
export const WAITS_FOR_CITY = sql`review_due_at is not null and (state in ('verified', 'suspended') or (kind = 'organisation_need' and state = 'submitted') or escalated_at is not null)`;
