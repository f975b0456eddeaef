import { randomBytes } from "node:crypto";
import { addStaff } from "~/domain/identity/accounts.server";
import { resetStepByHand } from "~/domain/identity/stepResets.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import { readSettings } from "~/settings.server";
import { releaseTold, releaseUnsent } from "~/worker/release.server";
import { retrySetAside } from "~/worker/setAside.server";
import { connect } from "~db/client";

const NOTHING_HELD = "Nothing is held: no backup was brought back here that was not let go.";

/** What can be done by hand: each command reads its words and answers what it did, in a sentence. */
const COMMANDS: Readonly<Record<string, (ctx: UseCaseContext) => Promise<string>>> = {
  /** The first administrator, with a password that is shown once. */
  create: async (ctx) => {
    const password = randomBytes(15).toString("base64url");
    await addStaff(ctx, {
      email: mail,
      displayName: mail,
      password,
      roles: [{ role: "admin", scope: { kind: "city" } }],
    });
    return `${mail} is an administrator now. Password, shown once: ${password}`;
  },
  /** Where a town has one admin only, and somebody lost phone and recovery codes: see resetStepByHand. */
  "second-step reset": async (ctx) => {
    await resetStepByHand(ctx, mail);
    return `The second step of ${mail} is reset; they are signed out everywhere, and a letter tells them.`;
  },
  /** What was set aside after ten tries is due again. */
  "outbox retry": async (ctx) =>
    `${await retrySetAside(ctx)} pieces of work were put back; the worker does them now.`,
  /** After a restore: see releaseTold and releaseUnsent. */
  "outbox release": async (ctx) => {
    const released = await releaseTold(ctx);
    if (released === undefined) return NOTHING_HELD;
    return `What waited since ${released.takenAt.toISOString()} is let go: ${released.unsent} pieces of work were done and told to nobody, ${released.setAside} were set aside (npm run checks names them). The worker goes on.`;
  },
  "outbox release unsent": async (ctx) => {
    const takenAt = await releaseUnsent(ctx);
    return takenAt === undefined
      ? NOTHING_HELD
      : `What waited since ${takenAt.toISOString()} is let go as it is; the worker does it now, and sends what it has to send.`;
  },
};

const words = process.argv.slice(2);
const mail = words.at(-1) ?? "";
/** Commands that name somebody end with their address. */
const named = mail.includes("@");
const command = (named ? words.slice(0, -1) : words).join(" ");
const run = new Map(Object.entries(COMMANDS)).get(command);
if (!run || named !== ["create", "second-step reset"].includes(command)) {
  console.error(
    ["create MAIL", "second-step reset MAIL", "outbox retry", "outbox release", "outbox release unsent"]
      .map((usage, index) => `${index === 0 ? "Usage:" : "      "} npm run admin -- ${usage}`)
      .join("\n"),
  );
  process.exit(2);
}

const settings = readSettings(process.env);
const connection = connect(settings.DATABASE_URL, { max: 1 });
const said = await run(systemContext(makeRuntime(settings, connection.db), "admin script"));
await connection.close();
process.stdout.write(`${said}\n`);
