import type { MessageKey, Messages } from "./messages";

export type Params = Readonly<Record<string, string | number | bigint>>;
export type Translate = (key: MessageKey, params?: Params) => string;

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

/**
 * Puts values into a message: `{n}` is replaced by the value, `{n|day|days}` by the first word when n is 1,
 * else by the second. A missing value shows as nothing, never as a brace.
 */
export function fill(message: string, params: Params): string {
  if (!message.includes("{")) return message;
  return message.replace(
    PLACEHOLDER,
    (_whole, name: string, one: string | undefined, many: string | undefined) => {
      const value = params[name];
      if (one !== undefined) return Number(value) === 1 ? one : (many ?? "");
      return value === undefined ? "" : String(value);
    },
  );
}

/**
 * Makes `t` from the messages at hand, as they are: merged they would be copied for every page. A key whose
 * namespace was not sent shows itself, which a test finds.
 */
export const makeT =
  (...sent: readonly Messages[]): Translate =>
  (key, params = {}) => {
    for (const messages of sent) {
      const message = messages[key];
      if (message !== undefined) return fill(message, params);
    }

    return key;
  };
