import { hashMade } from "~/domain/identity/passwords.server";
import { loadActor } from "~/domain/identity/queries.server";
import { checkPassword } from "~/domain/identity/signIn.server";
import { addDonor } from "~/domain/identity/signUp.server";
import type { UserActor } from "~/domain/kernel/actor";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { credentials } from "~db/schema/identity";
import { codeOf } from "../support/refused";
import type { World } from "../support/world";

export const PASSWORD = "一句没人猜得到的话 42";
export const NEW = "另一句没人猜得到的话 43";
export const HERE = { clientAddress: "192.0.2.7" };

/** Somebody has this password from now on, whatever they had before. */
export async function setPassword(
  db: Database,
  userId: string,
  password: string,
  changedAt: Date,
): Promise<void> {
  const row = { passwordHash: await hashMade(password), changedAt };
  await db
    .insert(credentials)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: credentials.userId, set: row });
}

/** Somebody who signed up with PASSWORD, a real name and a phone. */
export async function somebody(world: World, name = "某人"): Promise<UserActor & { email: string }> {
  const email = `${world.system.newId()}@example.org`;
  const { userId } = await addDonor(world.system, {
    email,
    password: PASSWORD,
    displayName: name,
    kind: "person",
    realName: "真名在此",
    phone: "19900001234",
  });
  const actor = await loadActor(world.db, userId);
  if (actor.kind !== "user") throw new Error("nobody was made");
  return { ...actor, email };
}

/** Whether this password lets in, and with which code it is refused. */
export const enters = (world: World, email: string, password: string, clientAddress = world.system.newId()) =>
  checkPassword(world.system, { email, password, clientAddress }).then(() => "in", codeOf);

/** Everything that is owed is sent, also what other tests of this file left. */
export async function sendAll(world: World): Promise<void> {
  while ((await drainOutbox(world.system)) > 0);
}

/** The token in the last letter of this kind that was really sent there. */
export async function sentLink(world: World, template: string, to: string): Promise<string> {
  await sendAll(world);
  const link = world.mails.filter((mail) => mail.template === template && mail.to === to).at(-1)?.data[
    "link"
  ];
  return String(link).split("/").at(-1) ?? "";
}
