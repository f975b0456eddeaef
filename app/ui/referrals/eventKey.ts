import type { MessageKey } from "~/i18n/messages";

/** What a step of a referral is called. */
export const eventKey = (event: string) => `referrals.event_${event.replace("referral.", "")}` as MessageKey;
