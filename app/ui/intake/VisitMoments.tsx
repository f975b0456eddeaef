import type { CorrectableMoment } from "~/domain/kernel/moments/correct.server";
import { CorrectMoments } from "../moments/CorrectMoments";
import type { Reply } from "../primitives/Field";

type Props = Readonly<{
  moments: readonly CorrectableMoment[];
  now: string;
  requestKey: string;
  reply: Reply | undefined;
}>;

/** The moments of a wish's visits, to be put right below everything else that is to be done. */
export const VisitMoments = (props: Props) =>
  props.moments.length === 0 ? null : (
    <div className="mt-8 grid gap-3">
      <CorrectMoments {...props} />
    </div>
  );
