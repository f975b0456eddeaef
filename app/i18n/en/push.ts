import type { Translation } from "../messages";

export const push: Translation<"push"> = {
  text_newForYou:
    "Hongxin: there may be something new your family can apply for: {link} or call your caseworker.",
  text_entryCode:
    "Hongxin: your code is {code}, good for {minutes} {minutes|minute|minutes}. Type it on Hongxin's own page and tell nobody.",
  text_giftNews: "Hongxin: there is news of {code}: {link}",
  callsTitle: "Households to call",
  callsLead:
    "A rule, an age or something at home changed, and these households may newly be entitled. Those who agreed were sent a text; please call the others.",
  none: "Nobody to tell at present.",
  openFirst: "See phone and address",
  why_facts: "something at home changed",
  why_refresh: "A birthday, or the day of a new rule or amount",
  why_rule: "The rules, amounts or lists changed",
  state_queued: "waiting to be sent",
  state_sent: "text sent",
  state_call_list: "to be called",
  state_interested: "wants to apply",
  state_declined: "not needed",
  state_no_answer: "no answer",
  answer: "What did they say?",
  answer_interest: "They want to apply",
  answer_decline: "Not needed",
  answer_no_answer: "Nobody answered",
  newFor: "{n} new {n|entry|entries} for this household",
  call: "Call",
  noPhone: "No phone is known: please tell them on a visit.",
  exceptions: "Some differ? Each by itself ({n})",
  asAll: "As all",
  record: "Write down",
  queuedOn: "since {day}",
};
