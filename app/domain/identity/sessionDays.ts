/** A session ends after so many days in which nobody used it. */
export const IDLE_DAYS = 14;
/** And after so many days whatever happens. */
export const ABSOLUTE_DAYS = 60;
/** An account whose address nobody confirmed is forgotten after so many days. */
export const UNCONFIRMED_DAYS = 7;
/**
 * Sessions of whoever works here end sooner: a phone that was left on a counter shows what others told in
 * confidence.
 */
const STAFF_IDLE_MINUTES = 30;
const STAFF_HOURS = 12;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

type Used = Readonly<{ createdAt: Date; lastSeenAt: Date }>;

/** Whether a session has run out by itself. */
export function sessionIsOver(
  { createdAt, lastSeenAt }: Used,
  { isStaff }: { isStaff: boolean },
  now: Date,
): boolean {
  const [idleMs, ageMs] = isStaff
    ? [STAFF_IDLE_MINUTES * MINUTE_MS, STAFF_HOURS * 60 * MINUTE_MS]
    : [IDLE_DAYS * DAY_MS, ABSOLUTE_DAYS * DAY_MS];
  return now.getTime() - lastSeenAt.getTime() > idleMs || now.getTime() - createdAt.getTime() > ageMs;
}
