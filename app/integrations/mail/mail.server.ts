import nodemailer from "nodemailer";
import type { MailPort } from "~/domain/kernel/ports";
import { wordsOfMail } from "./words.server";

/** Sends through SMTP when MAIL_URL is set; otherwise nothing leaves the house, and the demo shows the messages it kept. */
export function makeMailPort({ MAIL_URL, MAIL_FROM }: { MAIL_URL?: string | undefined; MAIL_FROM?: string | undefined }): MailPort {
  if (MAIL_URL === undefined) return { send: () => Promise.resolve() };
  const transport = nodemailer.createTransport(MAIL_URL);
  return {
    async send(message) {
      await transport.sendMail({ from: MAIL_FROM, to: message.to, ...wordsOfMail(message) });
    },
  };
}
