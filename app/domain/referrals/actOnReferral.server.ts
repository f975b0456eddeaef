import type { UseCaseContext } from "~/domain/kernel/context.server";
import { closeFollowUp } from "./closeFollowUp.server";
import { closeReferral } from "./closeReferral.server";
import { gotHelp } from "./gotHelp.server";
import { addOwner, hearOwner, nameLead, removeOwner } from "./leadJointCase.server";
import type { ReferralAct } from "./schemas";
import { recordTry, stepReferral } from "./stepReferral.server";

/** Does what one of the forms of a referral's page asks; who may is each use case's own question. */
export async function actOnReferral(ctx: UseCaseContext, input: ReferralAct): Promise<void> {
  switch (input.act) {
    case "step":
      return stepReferral(ctx, input);
    case "try":
      return recordTry(ctx, input);
    case "help":
      return gotHelp(ctx, input);
    case "close":
      return closeReferral(ctx, input);
    case "add_owner":
      return addOwner(ctx, input);
    case "remove_owner":
      return removeOwner(ctx, input);
    case "name_lead":
      return nameLead(ctx, input);
    case "hear_owner":
      return hearOwner(ctx, input);
    case "follow_up":
      return closeFollowUp(ctx, input);
  }
}
