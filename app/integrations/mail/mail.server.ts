import nodemailer from "nodemailer";
import type { MailPort } from "~/domain/kernel/ports";
import { wordsOfMail } from "./words.server";

/** A mail server that says nothing for so long is taken as away: the letter is tried again later. */
const DEADLINE_MS = 10_000;

/**
 * Sends through SMTP when MAIL_URL is set; otherwise nothing leaves the house, and the demo shows the
 * messages it kept.
 */
export function makeMailPort({
  MAIL_URL,
  MAIL_FROM,
}: {
  MAIL_URL?: string | undefined;
  MAIL_FROM?: string | undefined;
}): MailPort {
  if (MAIL_URL === undefined) return { send: () => Promise.resolve() };
  const transport = nodemailer.createTransport({
    url: MAIL_URL,
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    dnsTimeout: DEADLINE_MS,
  });
  return {
    async send(message) {
      await transport.sendMail({ from: MAIL_FROM, to: message.to, ...wordsOfMail(message) });
    },
  };
}
