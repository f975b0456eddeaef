import { correctMoment } from "~/domain/correctMoment.server";
import { decideCorrection } from "~/domain/delivery/correctCount.server";
import { DecideCorrectionInput } from "~/domain/delivery/schemas";
import { CorrectMomentInput } from "~/domain/kernel/moments/input";
import { paths } from "~/paths";
import { doneAt } from "./done.server";
import { form } from "./pageForm.server";

const DONE = {
  approve: "done.correctionApproved",
  reject: "done.correctionRejected",
  withdraw: "done.correctionWithdrawn",
} as const;

/** What the form of a moment does, on every page that shows one. */
export const momentIntent = (back: (at: ReturnType<typeof paths>) => string) => ({
  correctMoment: form(CorrectMomentInput, async (ctx, input) => {
    await correctMoment(ctx, input);
    return doneAt(back(paths(ctx.locale)), "done.momentCorrected");
  }),
});

/** What the buttons of a waiting correction do, on every page that shows one. */
export function correctionIntents(back: (at: ReturnType<typeof paths>) => string) {
  const decide = (decision: "approve" | "reject" | "withdraw") =>
    form(DecideCorrectionInput, async (ctx, { correctionId }) => {
      await decideCorrection(ctx, correctionId, decision);
      return doneAt(back(paths(ctx.locale)), DONE[decision]);
    });
  return {
    approveCorrection: decide("approve"),
    rejectCorrection: decide("reject"),
    withdrawCorrection: decide("withdraw"),
  };
}
