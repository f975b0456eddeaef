import type { JournalEvent } from "./events";

export const HANDLER_NAMES = [
  "tellDonor",
  "tellOfWords",
  "tellIntent",
  "goOnWithNextOldest",
  "tellHousehold",
  "sendAccountLetters",
  "answerPasswordAsk",
] as const;
export type HandlerName = (typeof HANDLER_NAMES)[number];

const NEWS_FOR_DONORS = [
  "pledge.confirm",
  "pledge.remind",
  "pledge.expire",
  "pledge.revoke",
  "pledge.target_gone",
  "pledge.retarget",
  "pledge.return_part",
  "pledge.pay",
  "pledge.pay_late",
  "checkout.buy_late",
  "pledge.arrange",
  "pledge.spend",
  "finance_task.open",
  "finance_task.settle",
  "offer.accept",
  "offer.decline",
  "offer.remind",
  "offer.lapse",
  "collection.not_home",
  "collection.cannot_come",
  "collection.overdue",
  "collection.collect",
  "refund.ask",
  "refund.approve",
  "delivery_item.hand_over",
  "delivery_item.lose",
  "delivery_item.dispose",
  "lot.release",
  "lot.write_off",
  "offer.receive",
  "offer.receive_part",
  "offer.return_part",
  "count_correction.approve",
  "service_visit.accept",
  "joint_day.suggest",
  "joint_day.agree",
  "joint_day.decline",
  "joint_day.lapse",
] as const satisfies readonly JournalEvent[];

const LETTERS_ABOUT_ACCOUNTS = [
  "account.new_password",
  "account.change_password",
  "account.ask_sign_up",
  "account.ask_mail",
  "account.change_mail",
  "invitation.make",
  "account.add_second_step",
  "account.remove_second_step",
  "account.add_passkey",
  "account.remove_passkey",
  "account.remove_app",
  "account.renew_recovery_codes",
  "account.use_recovery_code",
  "account.reset_second_step",
  "step_reset.propose",
] as const satisfies readonly JournalEvent[];

type Owed = Readonly<Partial<Record<JournalEvent, readonly HandlerName[]>>>;

const each = (events: readonly JournalEvent[], handler: HandlerName): Owed =>
  Object.fromEntries(events.map((event) => [event, [handler]]));

/** Which handlers an event owes work to. Names only, so that recording an event imports no handler. */
export const HANDLERS_OF_EVENT: Owed = {
  ...each(NEWS_FOR_DONORS, "tellDonor"),
  ...each(LETTERS_ABOUT_ACCOUNTS, "sendAccountLetters"),
  "pledge.target_gone": ["goOnWithNextOldest", "tellDonor"],
  "feedback.pass": ["tellOfWords"],
  "push.queue": ["tellHousehold"],
  "giving_intent.tell": ["tellIntent"],
  "password_link.ask": ["answerPasswordAsk"],
};
