import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { ownOf } from "~/domain/kernel/own";
import type { ReferralAct } from "~/domain/referrals/schemas";
import { useT } from "~/i18n/useT";
import { type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { MomentField } from "../primitives/MomentField";
import type { ShownReferral } from "./ReferralWay";

export type Acting = Readonly<{
  seen: Readonly<{ id: string; version: number }>;
  now: string;
  reply: Reply | undefined;
}>;

/**
 * The answer that belongs to this form of the page: told by its act and, where there are several, by the
 * department's id.
 */
export const replyFor = (
  reply: Reply | undefined,
  act: ReferralAct["act"],
  ownerId?: string,
): Reply | undefined =>
  reply?.values["act"] === act && (ownerId === undefined || reply.values["ownerId"] === ownerId)
    ? reply
    : undefined;

/**
 * Whether a form that stands on the page takes the answer; one that went away meanwhile cannot, and the page
 * says it at its top.
 */
export function isSaidBelow(
  { referral, owners, followUp, may }: ShownReferral,
  reply: Reply | undefined,
): boolean {
  const isOpen = referral.dueAt !== null;
  const owner = owners.find(({ id }) => id === reply?.values["ownerId"]);
  const shown: Readonly<Record<ReferralAct["act"], boolean>> = {
    step: isOpen && may.record,
    try: isOpen && may.record,
    close: isOpen && may.record,
    help: isOpen && may.record && referral.state === "in_service",
    hear_owner: isOpen && may.record && referral.state !== "created" && owner !== undefined,
    add_owner: isOpen && may.lead,
    remove_owner: isOpen && may.lead && owner?.isLead === false,
    name_lead: isOpen && may.lead && owner?.isLead === false,
    follow_up: followUp?.outcome === null && may.followUp,
  };
  return ownOf(shown, String(reply?.values["act"])) ?? false;
}

/** One form of a referral's page: what it does, of which referral, and the version that was seen. */
export function ActForm({
  act,
  seen,
  reply,
  children,
}: Omit<Acting, "now"> & { act: ReferralAct["act"]; children: ReactNode }) {
  return (
    <Form method="post" className="grid gap-4">
      <FormErrors reply={reply} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="referralId" value={seen.id} />
      <input type="hidden" name="version" value={seen.version} />
      {children}
    </Form>
  );
}

/** When it happened: now, unless somebody says that it was earlier. */
export function HappenedAt({ now, reply }: Pick<Acting, "now" | "reply">) {
  const t = useT();
  return <MomentField label={t("common.happenedAt")} now={now} optional reply={reply} />;
}
