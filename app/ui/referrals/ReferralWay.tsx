import type { referralPage } from "~/domain/referrals/queries.server";
import { wayAhead } from "~/domain/referrals/states";
import { moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Timeline } from "../primitives/Timeline";
import { roleKey } from "../shell/roleKey";
import { eventKey } from "./eventKey";

export type ShownReferral = Awaited<ReturnType<typeof referralPage>>;

/** Reasons of an end, of a department and of an end without it share one list of words. */
const reasonKey = (event: string, reason: string) =>
  (event === "referral.help" ? `referrals.without_${reason}` : `referrals.reason_${reason}`) as MessageKey;

/** Every step that was taken, and the way still ahead when all goes well. */
export function ReferralWay({ referral, steps }: Pick<ShownReferral, "referral" | "steps">) {
  const t = useT();
  const locale = useLocale();
  const taken = steps.map((step, index) => ({
    key: step.id,
    state: index === steps.length - 1 ? ("now" as const) : ("done" as const),
    title: t(eventKey(step.event)),
    when: moment(locale, step.at),
    who: [t(roleKey(step.role)), step.who].filter(Boolean).join(" "),
    detail:
      [
        step.department,
        step.answer ? t(`referrals.answer_${step.answer}` as MessageKey) : null,
        step.reason ? t(reasonKey(step.event, step.reason)) : null,
      ]
        .filter(Boolean)
        .join(" · ") || undefined,
  }));
  const ahead = wayAhead(referral.state).map((state) => ({
    key: state,
    state: "next" as const,
    title: t(`referrals.state_${state}`),
  }));
  return <Timeline steps={[...taken, ...ahead]} />;
}
