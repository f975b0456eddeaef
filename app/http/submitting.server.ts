import { ERROR_CATALOGUE, type ErrorCode } from "~/domain/kernel/errors";
import type { SubmitRefused } from "~/domain/needs/submitNeed.server";
import type { MessageKey } from "~/i18n/messages";
import type { Reply } from "~/ui/primitives/Field";
import type { TypedValues } from "./pageForm.server";

/** Which field of the form says what is missing. */
const FIELD_OF: Readonly<Partial<Record<ErrorCode, readonly [field: string, says: MessageKey]>>> = {
  ENTITLEMENTS_FIRST: ["entitlementsChecked", "intake.tickChecked"],
  ENTITLEMENTS_OPEN: ["gapReason", "common.pleaseChoose"],
  CONSENT_MISSING: ["consents.scopes", "intake.scopesNeeded"],
  DUPLICATES_UNJUDGED: ["judged", "common.pleaseChoose"],
  OVER_CAP_REASON_NEEDED: ["overCapReason", "common.pleaseChoose"],
};

/** Everything that submitting still asks for, each beside its field. */
export function whatSubmittingAsks(typed: TypedValues, { refusals }: SubmitRefused): Reply {
  const errors = Object.fromEntries(
    refusals.flatMap(({ code }) =>
      FIELD_OF[code] ? [[FIELD_OF[code][0], [FIELD_OF[code][1]]] as const] : [],
    ),
  );
  return {
    values: typed,
    errors,
    formErrors: refusals.map(({ code, params }) => ({ message: ERROR_CATALOGUE[code].message, params })),
  };
}
