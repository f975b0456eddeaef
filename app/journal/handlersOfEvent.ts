export const HANDLER_NAMES = ["tellDonor", "tellOfWords", "tellIntent", "goOnWithNextOldest", "tellHousehold", "sendAccountLetters", "answerPasswordAsk"] as const;
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
] as const;

/** Which handlers an event owes work to. Names only, so that recording an event imports no handler. */
export const HANDLERS_OF_EVENT: Readonly<Record<string, readonly HandlerName[]>> = {
  ...Object.fromEntries(NEWS_FOR_DONORS.map((event) => [event, ["tellDonor"]])),
  "pledge.target_gone": ["goOnWithNextOldest", "tellDonor"],
  "feedback.pass": ["tellOfWords"],
  "push.queue": ["tellHousehold"],
  "giving_intent.tell": ["tellIntent"],
  "password_link.ask": ["answerPasswordAsk"],
  "account.new_password": ["sendAccountLetters"],
  "account.change_password": ["sendAccountLetters"],
  "account.ask_mail": ["sendAccountLetters"],
  "account.change_mail": ["sendAccountLetters"],
  "invitation.make": ["sendAccountLetters"],
};
