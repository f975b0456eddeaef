/** What waits for somebody in their roles. */
export type QueueName =
  "carry" | "calls" | "requests" | "verify" | "publish" | "offers" | "proposals" | "feedback" | "inspect";
