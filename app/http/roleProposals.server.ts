import { z } from "zod";
import { decideRoleProposal } from "~/domain/identity/roleProposals.server";
import { decideStepReset } from "~/domain/identity/stepResets.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { doneAt, DoneKey } from "./done.server";
import { form } from "./pageForm.server";

type Decision = "approve" | "reject" | "withdraw";
type Decide = (ctx: UseCaseContext, proposalId: string, decision: Decision) => Promise<void>;
type Back = (ctx: UseCaseContext, key: DoneKey) => ReturnType<typeof doneAt>;

/** What a button beside something that waits for a second admin does. */
const button =
  (decide: Decide, done: Readonly<Record<Decision, DoneKey>>, back: Back) => (decision: Decision) =>
    form(z.object({ proposalId: z.uuid() }), async (ctx, { proposalId }) => {
      await decide(ctx, proposalId, decision);
      return back(ctx, done[decision]);
    });

/** The buttons beside a role that waits. */
export function roleProposalIntents(back: Back) {
  const does = button(
    decideRoleProposal,
    { approve: "done.roleGiven", reject: "done.roleRejected", withdraw: "done.roleWithdrawn" },
    back,
  );
  return { approveRole: does("approve"), rejectRole: does("reject"), withdrawRole: does("withdraw") };
}

/** The buttons beside a reset of a second step that waits. */
export function stepResetIntents(back: Back) {
  const does = button(
    decideStepReset,
    { approve: "done.stepReset", reject: "done.stepResetRejected", withdraw: "done.roleWithdrawn" },
    back,
  );
  return { approveReset: does("approve"), rejectReset: does("reject"), withdrawReset: does("withdraw") };
}
