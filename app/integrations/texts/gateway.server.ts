import type { TextPort } from "~/domain/kernel/ports";
import { serverT } from "~/i18n/messages.server";

const DEADLINE_MS = 10_000;

/**
 * Hands text messages to the city's own gateway: one POST of `{ to, text }` with a bearer token, any 2xx
 * means taken. Without a gateway nothing is sent, and caseworkers call instead.
 */
export function makeTextPort({
  TEXT_GATEWAY_URL,
  TEXT_GATEWAY_TOKEN,
}: {
  TEXT_GATEWAY_URL?: string | undefined;
  TEXT_GATEWAY_TOKEN?: string | undefined;
}): TextPort {
  if (TEXT_GATEWAY_URL === undefined)
    return { canSend: false, send: () => Promise.reject(new Error("there is no text gateway")) };
  return {
    canSend: true,
    async send({ phone, template, link }) {
      const text = serverT("zh-Hans", ["push"])(`push.text_${template}`, { link });
      const response = await fetch(TEXT_GATEWAY_URL, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(TEXT_GATEWAY_TOKEN === undefined ? {} : { authorization: `Bearer ${TEXT_GATEWAY_TOKEN}` }),
        },
        body: JSON.stringify({ to: phone, text }),
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (!response.ok) throw new Error(`the text gateway answered ${response.status}`);
    },
  };
}
