/** What is known of a waiting line and a lot that could serve it. */
export type Candidate = Readonly<{ sameKind: boolean; sameTown: boolean; waitingDays: number; wholeNeed: boolean; expiresSoon: boolean }>;

const POINTS = { sameTown: 3, wholeNeed: 2, expiresSoon: 2 } as const;
const MAX_WAITING_POINTS = 5;

/**
 * Why this line comes before another: each reason with its points, shown to the staff who decide. The same kind of thing is a
 * condition, not a reason. Waiting counts a point a week up to five, so that nobody waits for ever behind nearer homes.
 */
export function scoreCandidate(candidate: Candidate): { score: number; reasons: Record<string, number> } | undefined {
  if (!candidate.sameKind) return undefined;
  const reasons: Record<string, number> = {};
  const waiting = Math.min(MAX_WAITING_POINTS, Math.floor(candidate.waitingDays / 7));
  if (waiting > 0) reasons["waiting"] = waiting;
  if (candidate.sameTown) reasons["same_town"] = POINTS.sameTown;
  if (candidate.wholeNeed) reasons["whole_need"] = POINTS.wholeNeed;
  if (candidate.expiresSoon) reasons["expires_soon"] = POINTS.expiresSoon;
  return { score: Object.values(reasons).reduce((sum, points) => sum + points, 0), reasons };
}
