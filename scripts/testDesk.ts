import { startTestDesk } from "~/integrations/stripe/testDesk/startTestDesk";

const { DESK_STATE, DESK_SECRET, DESK_WEBHOOK_URL, DESK_PUBLIC_URL } = process.env;
if (!DESK_SECRET || !DESK_WEBHOOK_URL || !DESK_PUBLIC_URL)
  throw new Error("DESK_SECRET, DESK_WEBHOOK_URL and DESK_PUBLIC_URL are needed");

/** The local Stripe test desk as a process of its own; says its port, and ends with its parent. */
const desk = await startTestDesk({
  publicUrl: DESK_PUBLIC_URL,
  webhookUrl: DESK_WEBHOOK_URL,
  webhookSecret: DESK_SECRET,
  ...(DESK_STATE ? { stateFile: DESK_STATE } : {}),
});
process.stdout.write(`${new URL(desk.url).port}\n`);
process.once("SIGTERM", () => void desk.close().then(() => process.exit(0)));
setInterval(() => {
  if (process.ppid === 1) process.exit(0);
}, 1_000).unref();
