import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import type { ReferralAct } from "~/domain/directory/referrals/schemas";
import { useT } from "~/i18n/useT";
import { type Reply } from "../primitives/Field";
import { MomentField } from "../primitives/MomentField";
import { FormErrors } from "../primitives/FormParts";

export type Acting = Readonly<{ seen: Readonly<{ id: string; version: number }>; now: string; reply: Reply | undefined }>;

/** The answer that belongs to this form of the page: told by its act and, where there are several, by the department's id. */
export const replyFor = (reply: Reply | undefined, act: ReferralAct["act"], ownerId?: string): Reply | undefined =>
  reply?.values["act"] === act && (ownerId === undefined || reply.values["ownerId"] === ownerId) ? reply : undefined;

/** One form of a referral's page: what it does, of which referral, and the version that was seen. */
export function ActForm({ act, seen, reply, children }: Omit<Acting, "now"> & { act: ReferralAct["act"]; children: ReactNode }) {
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
