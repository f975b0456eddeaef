import { useT } from "~/i18n/useT";
import { CorrectMoments } from "../moments/CorrectMoments";
import type { Reply } from "../primitives/Field";
import { eventKey } from "./eventKey";
import type { ShownReferral } from "./ReferralWay";

type Props = Readonly<{
  shown: Pick<ShownReferral, "moments" | "steps">;
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}>;

/** The moments of a referral's steps, each under the name of its step. */
export function ReferralMoments({ shown: { moments, steps }, ...correcting }: Props) {
  const t = useT();
  const nameOf = (entryId: string) => {
    const step = steps.find(({ id }) => id === entryId);
    return step && t(eventKey(step.event));
  };

  if (moments.length === 0) return null;
  return (
    <div className="mt-4 grid gap-3">
      <CorrectMoments moments={moments} nameOf={({ id }) => nameOf(id)} {...correcting} />
    </div>
  );
}
