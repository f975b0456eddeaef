import type { TextPort } from "~/domain/kernel/ports";
import { wordsOfText } from "./words.server";

const DEADLINE_MS = 10_000;

const MAINLAND_MOBILE = /^1[3-9]\d{9}$/;

/**
 * Hands text messages to the city's own gateway: one POST of `{ to, text }` with a bearer token, any 2xx
 * means taken. Without a gateway nothing is sent, and caseworkers call instead. Codes go to mobile numbers of
 * the mainland, and to those that begin with a named country's code: each costs money, and dear numbers
 * abroad are what whoever asks for thousands of codes is after.
 */
export function makeTextPort({
  TEXT_GATEWAY_URL,
  TEXT_GATEWAY_TOKEN,
  TEXT_COUNTRIES = [],
}: {
  TEXT_GATEWAY_URL?: string | undefined;
  TEXT_GATEWAY_TOKEN?: string | undefined;
  TEXT_COUNTRIES?: readonly string[] | undefined;
}): TextPort {
  const reaches = (phone: string): boolean =>
    MAINLAND_MOBILE.test(phone) ||
    (!/^[01]/.test(phone) && phone.length >= 10 && TEXT_COUNTRIES.some((code) => phone.startsWith(code)));
  if (TEXT_GATEWAY_URL === undefined)
    return { canSend: false, reaches, send: () => Promise.reject(new Error("there is no text gateway")) };
  return {
    canSend: true,
    reaches,
    async send({ phone, ...message }) {
      const response = await fetch(TEXT_GATEWAY_URL, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(TEXT_GATEWAY_TOKEN === undefined ? {} : { authorization: `Bearer ${TEXT_GATEWAY_TOKEN}` }),
        },
        body: JSON.stringify({ to: phone, text: wordsOfText(message) }),
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (!response.ok) throw new Error(`the text gateway answered ${response.status}`);
    },
  };
}
