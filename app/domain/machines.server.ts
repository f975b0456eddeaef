import { SERVICE_VISIT } from "~/domain/giving/serviceVisits.server";
import { ITEM_REPORT, LIST_ITEM, LIST_PARAMETER, LIST_RULE } from "~/domain/lists/desk/machines.server";
import { FOLLOW_UP, REFERRAL } from "~/domain/referrals/machine.server";
import { entryMachine, ORGANISATION } from "~/domain/register/machines.server";
import { ENTRY_KINDS } from "~/domain/register/vocabulary";
import { REQUEST } from "~/domain/requests/recipientRequests.server";
import { PUSH } from "~/domain/screening/queuePushes.server";
import { CALL_BACK } from "./callBacks/machine.server";
import { CORRECTION } from "./delivery/correctCount.server";
import { FEEDBACK } from "./delivery/feedback.server";
import { DELIVERY } from "./delivery/machine.server";
import { COLLECTION, JOINT_DAY, PLEDGE } from "./giving/machine.server";
import { ROLE_PROPOSAL } from "./identity/roleProposals.server";
import { STEP_RESET } from "./identity/stepResets.server";
import { IMPORT_JOB } from "./imports/importJob.server";
import { ALLOCATION } from "./matching/allocate.server";
import { OFFER } from "./matching/offers.server";
import { NEED } from "./needs/machine.server";
import {
  CHECKOUT,
  FINANCE_TASK,
  GIVING_INTENT,
  PURCHASE,
  REFUND,
  SPENDING,
} from "./payments/machines.server";

/** Everything that has a life: what is drawn in docs/states.md, and replayed by the checks. */
export const ALL_MACHINES = [
  NEED,
  IMPORT_JOB,
  PLEDGE,
  JOINT_DAY,
  COLLECTION,
  DELIVERY,
  SERVICE_VISIT,
  FEEDBACK,
  CORRECTION,
  OFFER,
  ALLOCATION,
  CHECKOUT,
  REFUND,
  PURCHASE,
  SPENDING,
  FINANCE_TASK,
  GIVING_INTENT,
  REQUEST,
  CALL_BACK,
  ORGANISATION,
  ...ENTRY_KINDS.map(entryMachine),
  LIST_ITEM,
  LIST_RULE,
  LIST_PARAMETER,
  ITEM_REPORT,
  PUSH,
  REFERRAL,
  FOLLOW_UP,
  ROLE_PROPOSAL,
  STEP_RESET,
] as const;
