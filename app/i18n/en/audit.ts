import type { Translation } from "../messages";

export const audit: Translation<"audit"> = {
  title: "Who opened what",
  lead: "Who opened a recipient's record, when and why.",
  rolesTitle: "Changes of roles",
  rolesLead: "Who gave which role to whom, and took it away; whose account was closed or opened.",
  what: "What",
  toWhom: "To whom",
  event_role_grant: "gave a role",
  event_role_revoke: "took a role away",
  event_role_proposal_propose: "proposed a role; another has to agree",
  event_role_proposal_approve: "agreed to a role",
  event_role_proposal_reject: "did not agree to a role",
  event_role_proposal_withdraw: "took a proposed role back",
  event_invitation_make: "sent an invitation",
  event_invitation_accept: "accepted an invitation",
  event_invitation_withdraw: "took an invitation back",
  event_account_disable: "closed an account",
  event_account_enable: "opened an account",
  who: "Who",
  record: "Record",
  empty: "Nobody has opened one",
};
