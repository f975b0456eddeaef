import { z } from "zod";
import { LIMIT_NAMES } from "~/domain/kernel/limitBounds";
import { MOMENT_STEPS } from "~/domain/kernel/moments/vocabulary";
import { CONSENT_SCOPES } from "~db/schema/households";
import { ROLES } from "~db/schema/identity";
import { NEED_KINDS } from "~db/schema/needs";
import { OWNER_ANSWERS } from "~db/schema/referralVocabulary";
import {
  CodeDatum,
  CountDatum,
  DayDatum,
  FieldsDatum,
  IdDatum,
  MomentDatum,
  outsideDatum,
  ScopeDatum,
} from "./atoms";

const OfHousehold = z.strictObject({ householdId: IdDatum });
const OfOwner = z.strictObject({ ownerId: IdDatum });
const OfDraft = z.strictObject({ kind: z.enum(NEED_KINDS) });

/** Households, their wishes, and what is asked of others for them. */
export const OF_HOUSEHOLDS = {
  "call_back.miss": z.strictObject({ tries: CountDatum }),
  "consent.give": z.strictObject({
    householdId: IdDatum,
    scope: z.enum(CONSENT_SCOPES),
    givenBy: z.enum(["self", "guardian", "institution"]),
  }),
  "consent.withdraw": z.strictObject({ householdId: IdDatum, scope: z.enum(CONSENT_SCOPES) }),
  "follow_up.open": z.strictObject({ referralId: IdDatum }),
  "household.correct": z.strictObject({ fields: FieldsDatum }),
  "household.open": OfHousehold,
  "need.absorb": z.strictObject({ merged: CodeDatum }),
  /** An organisation's need is of no household, and no cap is asked of it. */
  "need.draft": z.strictObject({ householdId: IdDatum.exactOptional() }),
  "need.merge": z.strictObject({ into: CodeDatum }),
  "need.publish": z.strictObject({ accepted: CountDatum }),
  "need.submit": z.strictObject({ overCap: z.boolean().exactOptional() }),
  "need_draft.start": OfDraft,
  "need_draft.keep": OfDraft,
  "need_draft.discard": OfDraft,
  "need_draft.destroy": OfDraft,
  "push.queue": z.strictObject({
    householdId: IdDatum,
    itemCode: CodeDatum,
    trigger: z.enum(["facts", "refresh", "rule"]),
  }),
  "recipient_request.correct": OfHousehold,
  "recipient_request.erase": OfHousehold,
  "recipient_request.refuse": OfHousehold,
  "recipient_request.withdraw_consent": OfHousehold,
  "recipient_request.escalate": OfHousehold,
  "recipient_request.close": OfHousehold,
  "referral.create": z.strictObject({
    householdId: IdDatum,
    itemCode: CodeDatum.nullable(),
    departments: CountDatum,
  }),
  "referral.try": z.strictObject({ tries: CountDatum }),
  "referral.add_owner": OfOwner,
  "referral.remove_owner": OfOwner,
  "referral.name_lead": OfOwner,
  "referral.hear_owner": z.strictObject({ ownerId: IdDatum, answer: z.enum(OWNER_ANSWERS) }),
  "referral.close": z.strictObject({ nextReferralId: IdDatum.nullable() }),
} as const;

const Role = z.enum(ROLES);
const Number = outsideDatum("the public number of an organisation's paper, as its authority writes it");
const Entered = z.strictObject({ creditCode: CodeDatum, number: Number, from: DayDatum, to: DayDatum });

/** Who may do what, and what is entered of organisations. */
export const OF_ROLES = {
  "charity_account.enter": z.strictObject({ creditCode: CodeDatum, account: CodeDatum, from: DayDatum }),
  "filing.enter": Entered,
  "fundraising_certificate.enter": Entered,
  "invitation.make": z.strictObject({ role: Role, scope: ScopeDatum }),
  "invitation.accept": z.strictObject({ userId: IdDatum }),
  "moment_correction.make": z.strictObject({
    step: z.enum(MOMENT_STEPS),
    of: IdDatum,
    entry: IdDatum,
    was: MomentDatum,
    shall: MomentDatum,
    copy: CountDatum,
  }),
  "organisation.enter": z.strictObject({ creditCode: CodeDatum }),
  "registration.enter": Entered,
  "role.grant": z.strictObject({
    userId: IdDatum,
    role: Role,
    scope: ScopeDatum,
    approvedBy: IdDatum.exactOptional(),
  }),
  "role_proposal.propose": z.strictObject({ userId: IdDatum, role: Role, scope: ScopeDatum }),
  "setting.change": z.strictObject({ name: z.enum(LIMIT_NAMES), value: CountDatum, from: MomentDatum }),
} as const;
