import { ERROR_CATALOGUE, type ErrorCode } from "~/domain/kernel/errors";
import type { SubmitRefused } from "~/domain/needs/submitNeed.server";
import type { MessageKey } from "~/i18n/messages";
import type { Reply } from "~/ui/primitives/Field";
import type { TypedValues } from "./pageForm.server";

/** Which field of the form says what is missing, in the order of the form. */
const FIELD_OF: Readonly<Partial<Record<ErrorCode, readonly [field: string, says: MessageKey]>>> = {
  DUPLICATES_UNJUDGED: ["judged", "common.pleaseChoose"],
  ENTITLEMENTS_OPEN: ["gapReason", "common.pleaseChoose"],
  OVER_CAP_REASON_NEEDED: ["overCapReason", "common.pleaseChoose"],
  CONSENT_MISSING: ["consents.scopes", "intake.scopesNeeded"],
  ENTITLEMENTS_FIRST: ["entitlementsChecked", "intake.tickChecked"],
};
const ORDER = Object.keys(FIELD_OF);

/** Everything that submitting still asks for, each beside its field. */
export function whatSubmittingAsks(typed: TypedValues, { refusals }: SubmitRefused): Reply {
  const missing = refusals.toSorted((one, other) => ORDER.indexOf(one.code) - ORDER.indexOf(other.code));
  const errors = Object.fromEntries(
    missing.flatMap(({ code }) =>
      FIELD_OF[code] ? [[FIELD_OF[code][0], [FIELD_OF[code][1]]] as const] : [],
    ),
  );
  return {
    values: typed,
    errors,
    formErrors: missing.map(({ code, params }) => ({ message: ERROR_CATALOGUE[code].message, params })),
  };
}
