import { z } from "zod";
import { MOMENT_STEPS } from "~/domain/kernel/moments/vocabulary";
import { LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import { CONSENT_SCOPES } from "~db/schema/households";
import { ROLES } from "~db/schema/identity";
import { NEED_KINDS } from "~db/schema/needs";
import { OWNER_ANSWERS } from "~db/schema/referralVocabulary";
import { Code, Count, Day, Fields, Id, Moment, Outside, Scope } from "./atoms";

const OfHousehold = z.strictObject({ householdId: Id });
const OfOwner = z.strictObject({ ownerId: Id });
const OfDraft = z.strictObject({ kind: z.enum(NEED_KINDS) });

/** Households, their wishes, and what is asked of others for them. */
export const OF_HOUSEHOLDS = {
  "consent.give": z.strictObject({
    householdId: Id,
    scope: z.enum(CONSENT_SCOPES),
    givenBy: z.enum(["self", "guardian", "institution"]),
  }),
  "consent.withdraw": z.strictObject({ householdId: Id, scope: z.enum(CONSENT_SCOPES) }),
  "follow_up.open": z.strictObject({ referralId: Id }),
  "household.correct": z.strictObject({ fields: Fields }),
  "household.open": OfHousehold,
  "need.absorb": z.strictObject({ merged: Code }),
  /** An organisation's need is of no household, and no cap is asked of it. */
  "need.draft": z.strictObject({ householdId: Id.exactOptional() }),
  "need.merge": z.strictObject({ into: Code }),
  "need.publish": z.strictObject({ accepted: Count }),
  "need.submit": z.strictObject({ overCap: z.boolean().exactOptional() }),
  "need_draft.start": OfDraft,
  "need_draft.keep": OfDraft,
  "need_draft.discard": OfDraft,
  "need_draft.destroy": OfDraft,
  "push.queue": z.strictObject({
    householdId: Id,
    itemCode: Code,
    trigger: z.enum(["facts", "refresh", "rule"]),
  }),
  "recipient_request.correct": OfHousehold,
  "recipient_request.erase": OfHousehold,
  "recipient_request.refuse": OfHousehold,
  "recipient_request.withdraw_consent": OfHousehold,
  "recipient_request.escalate": OfHousehold,
  "recipient_request.close": OfHousehold,
  "referral.create": z.strictObject({ householdId: Id, itemCode: Code.nullable(), departments: Count }),
  "referral.try": z.strictObject({ tries: Count }),
  "referral.add_owner": OfOwner,
  "referral.remove_owner": OfOwner,
  "referral.name_lead": OfOwner,
  "referral.hear_owner": z.strictObject({ ownerId: Id, answer: z.enum(OWNER_ANSWERS) }),
  "referral.close": z.strictObject({ nextReferralId: Id.nullable() }),
} as const;

const Role = z.enum(ROLES);
const Number = Outside("the public number of an organisation's paper, as its authority writes it");
const Entered = z.strictObject({ creditCode: Code, number: Number, from: Day, to: Day });

/** Who may do what, and what is entered of organisations. */
export const OF_ROLES = {
  "charity_account.enter": z.strictObject({ creditCode: Code, account: Code, from: Day }),
  "filing.enter": Entered,
  "fundraising_certificate.enter": Entered,
  "invitation.make": z.strictObject({ role: Role, scope: Scope }),
  "invitation.accept": z.strictObject({ userId: Id }),
  "moment_correction.make": z.strictObject({
    step: z.enum(MOMENT_STEPS),
    of: Id,
    entry: Id,
    was: Moment,
    shall: Moment,
    copy: Count,
  }),
  "organisation.enter": z.strictObject({ creditCode: Code }),
  "registration.enter": Entered,
  "role.grant": z.strictObject({ userId: Id, role: Role, scope: Scope, approvedBy: Id.exactOptional() }),
  "role_proposal.propose": z.strictObject({ userId: Id, role: Role, scope: Scope }),
  "setting.change": z.strictObject({ name: z.enum(LIMIT_NAMES), value: Count, from: Moment }),
} as const;
