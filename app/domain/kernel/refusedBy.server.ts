import { violatedConstraint } from "~db/client";
import { DomainError, type ErrorCode } from "./errors";

/**
 * Constraints by which the database refuses what somebody may well ask for, and in which words they are told:
 * of two who ask at once it has the last word.
 */
export const REFUSED_BY = {
  app_user_email: "MAIL_TAKEN",
  giving_intent_once: "ALREADY_INTENDED",
  list_parameter_once: "VALUE_DATED_ALREADY",
  purchase_voucher: "VOUCHER_USED",
  refund_once: "ALREADY_GOING_BACK",
  role_proposal_one_waiting: "ROLE_WAITS",
  spending_voucher: "VOUCHER_USED",
  step_reset_one_waiting: "RESET_WAITS",
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** What an error of the database is to people, where a constraint refused them; else itself. */
export function asRefused(error: unknown): unknown {
  const refused = Object.entries(REFUSED_BY).find(([name]) => name === violatedConstraint(error));
  return refused ? new DomainError(refused[1]) : error;
}
