import { z } from "zod";
import { decideRoleProposal } from "~/domain/identity/roleProposals.server";
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
