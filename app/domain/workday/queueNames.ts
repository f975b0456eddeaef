/** What waits for somebody in their roles. */
export type QueueName =
  | "carry"
  | "callBacks"
  | "calls"
  | "requests"
  | "verify"
  | "publish"
  | "offers"
  | "proposals"
  | "feedback"
  | "inspect";
