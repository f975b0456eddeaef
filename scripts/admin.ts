import { randomBytes } from "node:crypto";
import { addStaff } from "~/domain/identity/accounts.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { retrySetAside } from "~/journal/setAside.server";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import { readSettings } from "~/settings.server";
import { connect } from "~db/client";

/** What can be done by hand: each command reads its words and answers what it did, in a sentence. */
const COMMANDS: Readonly<Record<string, (ctx: UseCaseContext) => Promise<string>>> = {
  /** The first administrator, with a password that is shown once. */
  create: async (ctx) => {
    const password = randomBytes(15).toString("base64url");
    await addStaff(ctx, { email: word, displayName: word, password, roles: [{ role: "admin", scope: { kind: "city" } }] });
    return `${word} is an administrator now. Password, shown once: ${password}`;
  },
  /** What was set aside after ten tries is due again. */
  outbox: async (ctx) => `${await retrySetAside(ctx)} pieces of work were put back; the worker does them now.`,
};

const [command = "", word = ""] = process.argv.slice(2);
const run = new Map(Object.entries(COMMANDS)).get(command);
if (!run || (command === "create" ? !word.includes("@") : word !== "retry")) {
  console.error("Usage: npm run admin -- create MAIL\n       npm run admin -- outbox retry");
  process.exit(2);
}
const settings = readSettings(process.env);
const connection = connect(settings.DATABASE_URL, { max: 1 });
const said = await run(systemContext(makeRuntime(settings, connection.db), "admin script"));
await connection.close();
process.stdout.write(`${said}\n`);
