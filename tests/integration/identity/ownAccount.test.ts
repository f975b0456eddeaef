import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { leave } from "~/domain/ending/leave.server";
import { myAccount } from "~/domain/identity/changeAccount.server";
import { disableAccount } from "~/domain/identity/closeAccount.server";
import { askNewPassword } from "~/domain/identity/forgottenPassword.server";
import { myLetters } from "~/domain/identity/letters.server";
import { isCompany, loadActor } from "~/domain/identity/queries.server";
import { accountByMail } from "~/domain/identity/roles.server";
import { addDonor } from "~/domain/identity/signUp.server";
import { messages } from "~db/schema/journal";
import { installation } from "~db/schema/kernel";
import { HERE, PASSWORD, sendAll, sentLink, somebody } from "../../factories/accounts";
import { aCompany, aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("one's own account is shown to oneself; by its address an admin alone finds one, however it is written, and none that was left", async ({
  db,
}) => {
  const world = aWorld(db);
  const person = await somebody(world);
  expect(await myAccount(world.as(person))).toEqual({
    email: person.email,
    displayName: person.displayName,
    hasPassword: true,
  });
  await expect(myAccount(world.as({ kind: "visitor" }))).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  const adminPerson = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const admin = world.as(adminPerson);
  expect(await accountByMail(admin, person.email.toUpperCase())).toEqual({
    userId: person.userId,
    displayName: person.displayName,
    isOpen: true,
    isOwn: false,
    hasSecondStep: false,
  });
  expect(await accountByMail(admin, (await myAccount(admin)).email ?? "")).toMatchObject({ isOwn: true });
  await disableAccount(admin, person.userId, "other");
  expect(await accountByMail(admin, person.email)).toMatchObject({ isOpen: false });
  const team = await aTeam(world);
  for (const ctx of [world.as(person), world.as(team.operator), world.as(team.reviewer)])
    await expect(accountByMail(ctx, person.email)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  const gone = await somebody(world);
  await leave(world.as(gone), { password: PASSWORD, ...HERE });
  expect([await accountByMail(admin, gone.email), await accountByMail(admin, `left:${gone.userId}`)]).toEqual(
    [undefined, undefined],
  );
});

test("letters are read by whom they were sent to; outside the demo no link stands in them any more", async ({
  db,
}) => {
  const world = aWorld(db);
  const [person, other] = [await somebody(world), await somebody(world)];
  await askNewPassword(world.as({ kind: "visitor" }), { email: person.email, ...HERE });
  const token = await sentLink(world, "passwordLink", person.email);
  const [shown] = await myLetters(world.as(person));
  expect(shown?.template).toBe("passwordLink");
  // The demo has no other mailbox.
  expect(JSON.stringify(shown)).toContain(token);
  expect(await myLetters(world.as(other))).toEqual([]);
  try {
    await db.update(installation).set({ isDemo: false });
    await askNewPassword(world.as({ kind: "visitor" }), { email: other.email, ...HERE });
    await sendAll(world);
    const link = await sentLink(world, "passwordLink", other.email);
    expect(link).not.toBe("");
    expect(JSON.stringify(await myLetters(world.as(other)))).not.toContain(link);
    expect(
      (await db.select().from(messages).where(eq(messages.userId, other.userId))).map((row) => [
        row.linkSealed,
        row.toSealed,
      ]),
    ).toEqual([[null, null]]);
  } finally {
    await db.update(installation).set({ isDemo: true });
  }
});

test("a company is one by its account, checked or not; a person is none", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const person = await somebody(world);
  const { userId } = await addDonor(world.system, {
    email: `${world.system.newId()}@example.org`,
    password: PASSWORD,
    displayName: "示例厂",
    kind: "company",
    creditCode: "91350100M000100Y43",
  });
  const unchecked = await loadActor(db, userId);
  expect([
    await isCompany(world.as(await aCompany(world, team.operator))),
    await isCompany(world.as(unchecked)),
    await isCompany(world.as(person)),
    await isCompany(world.as(team.operator)),
  ]).toEqual([true, true, false, false]);
});
