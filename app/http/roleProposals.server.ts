import { z } from "zod";
import { decideRoleProposal } from "~/domain/identity/roleProposals.server";
import { decideStepReset } from "~/domain/identity/stepResets.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import type { doneAt, DoneKey } from "./done.server";
import { small } from "./smallForm.server";

const DONE = { approve: "done.roleGiven", reject: "done.roleRejected", withdraw: "done.roleWithdrawn" } as const satisfies Record<string, DoneKey>;

/** What the buttons beside a role that waits for a second admin do. */
export function roleProposalIntents(back: (ctx: UseCaseContext, key: DoneKey) => ReturnType<typeof doneAt>) {
  const decide = (decision: keyof typeof DONE) =>
    small(z.object({ proposalId: z.uuid() }), async (ctx, { proposalId }) => {
      await decideRoleProposal(ctx, proposalId, decision);
      return back(ctx, DONE[decision]);
    });
  return { approveRole: decide("approve"), rejectRole: decide("reject"), withdrawRole: decide("withdraw") };
}

const RESET_DONE = { approve: "done.stepReset", reject: "done.stepResetRejected", withdraw: "done.roleWithdrawn" } as const satisfies Record<string, DoneKey>;

/** What the buttons beside a reset of a second step that waits for a second admin do. */
export function stepResetIntents(back: (ctx: UseCaseContext, key: DoneKey) => ReturnType<typeof doneAt>) {
  const decide = (decision: keyof typeof RESET_DONE) =>
    small(z.object({ resetId: z.uuid() }), async (ctx, { resetId }) => {
      await decideStepReset(ctx, resetId, decision);
      return back(ctx, RESET_DONE[decision]);
    });
  return { approveReset: decide("approve"), rejectReset: decide("reject"), withdrawReset: decide("withdraw") };
}
