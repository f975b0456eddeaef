import type { Actor } from "./actor";
import { DomainError } from "./errors";

/**
 * What is so grave that whoever has a second step shows it anew before it, and what it touches: what
 * recipients told in confidence, who may do what, money, one's own way in, or a file with people's names. By
 * the use case that does it; a test finds every one that belongs here.
 */
export const GRAVE = {
  openRecord: "sealed",
  openHandedAnswers: "sealed",
  openCallBack: "sealed",
  grantRole: "role",
  revokeRole: "role",
  decideRoleProposal: "role",
  inviteStaff: "role",
  disableAccount: "role",
  enableAccount: "role",
  proposeStepReset: "role",
  decideStepReset: "role",
  changeLimit: "role",
  decideEntry: "money",
  approveOverCap: "money",
  settleTask: "money",
  decideRefund: "money",
  recordPurchase: "money",
  decidePurchase: "money",
  recordSpending: "money",
  decideSpending: "money",
  changePassword: "account",
  askMailChange: "account",
  leave: "account",
  beginSecondStep: "account",
  confirmSecondStep: "account",
  removeApp: "account",
  beginPasskey: "account",
  addPasskey: "account",
  removePasskey: "account",
  useOfDay: "file",
} as const satisfies Readonly<Record<string, "sealed" | "role" | "money" | "account" | "file">>;

export type GraveAct = keyof typeof GRAVE;

/**
 * Whether somebody has to show their second step anew before anything grave. Who has none is not asked; nor
 * is the portal itself.
 */
export const mustStepUp = (actor: Actor): boolean => actor.kind === "user" && actor.mustStepUp === true;

/** Asked first of all, before anything is read or written. @throws {DomainError} STEP_UP_NEEDED */
export function requireSteppedUp({ actor }: Readonly<{ actor: Actor }>, act: GraveAct): void {
  if (mustStepUp(actor)) throw new DomainError("STEP_UP_NEEDED", { act });
}
