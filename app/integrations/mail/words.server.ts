import type { OutgoingMessage } from "~/domain/kernel/ports";
import { type Locale, LOCALES } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { serverT } from "~/i18n/messages.server";

const isLocale = (text: string): text is Locale => LOCALES.some((locale) => locale === text);

/** Letters about an account; all others are about a gift. */
const ACCOUNT_LETTERS = new Set([
  "confirmSignUp",
  "entryCode",
  "accountKnown",
  "mailWanted",
  "passwordLink",
  "passwordChanged",
  "confirmMail",
  "mailChanged",
  "invited",
  "secondStepAdded",
  "secondStepRemoved",
  "stepAppAdded",
  "stepAppRemoved",
  "passkeyAdded",
  "passkeyRemoved",
  "secondStepResetAsked",
  "secondStepReset",
  "recoveryCodesRenewed",
  "recoveryCodeUsed",
]);

/**
 * Subject and text of a message in its reader's language. Templates are messages
 * `gifts.mail_<template>_subject|text`, or those of `account`.
 */
export function wordsOfMail({
  locale,
  template,
  data,
}: Pick<OutgoingMessage, "locale" | "template" | "data">): { subject: string; text: string } {
  const t = serverT(isLocale(locale) ? locale : "zh-Hans", ["gifts", "account"]);
  const room = ACCOUNT_LETTERS.has(template) ? "account" : "gifts";
  const words = (part: "subject" | "text") => t(`${room}.mail_${template}_${part}` as MessageKey, data);
  return { subject: words("subject"), text: words("text") };
}
