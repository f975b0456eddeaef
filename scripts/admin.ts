import { randomBytes } from "node:crypto";
import { addStaff } from "~/domain/identity/accounts.server";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import { readSettings } from "~/settings.server";
import { connect } from "~db/client";

/** `npm run admin -- create MAIL`: the first administrator, with a password that is shown once. */
const [command, email] = process.argv.slice(2);
if (command !== "create" || !email?.includes("@")) {
  console.error("Usage: npm run admin -- create MAIL");
  process.exit(2);
}
const settings = readSettings(process.env);
const connection = connect(settings.DATABASE_URL, { max: 1 });
const password = randomBytes(15).toString("base64url");
await addStaff(systemContext(makeRuntime(settings, connection.db), "admin script"), { email, displayName: email, password, roles: [{ role: "admin", scope: { kind: "city" } }] });
await connection.close();
process.stdout.write(`${email} is an administrator now. Password, shown once: ${password}\n`);
