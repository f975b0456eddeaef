import type { Reply } from "./Field";

/**
 * The answer to one of several forms of a page: that whose hidden field has this value. The others stay as
 * they are.
 */
export const replyTo = (reply: Reply | undefined, name: string, value: string): Reply | undefined =>
  reply?.values[name] === value ? reply : undefined;
