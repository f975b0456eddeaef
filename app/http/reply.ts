import type { Reply } from "~/ui/primitives/Field";

/** The form's answer out of an action's data, when it was one. */
export function replyOf(data: unknown): Reply | undefined {
  return typeof data === "object" && data !== null && "reply" in data ? (data.reply as Reply) : undefined;
}
