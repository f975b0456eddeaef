import type { Translation } from "../messages";

export const reports: Translation<"reports"> = {
  title: "Is something wrong here?",
  lead: "Tell us what is wrong and our staff will check it. No need to sign in or to leave a name.",
  about: "About: {name}",
  kind: "What is wrong",
  kind_closed: "This is no longer offered",
  kind_phone: "The phone number is wrong or nobody answers",
  kind_place: "The place or the hours are wrong",
  kind_content: "The content or the standard is wrong",
  kind_other: "Something else",
  words: "Say more",
  wordsHint: "Please leave out private things such as an ID number or an illness. At most 500 characters.",
  send: "Tell us",
  doneTitle: "We have it, thank you",
  doneText:
    "Our staff will check it within {days} working {days|day|days}; once it is put right you will see it here. If it is urgent, please call.",
  back: "Back to the list",
};
