import { asc, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { peopleWithRoles } from "~/domain/identity/roles.server";
import { draftOrganisationNeed, submitOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { decideEntry, endEntry } from "~/domain/register/decideEntry.server";
import { enterBody } from "~/domain/register/enterBody.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { bodyPage, registerHome } from "~/domain/register/queries.server";
import { requireRegisterKeeper } from "~/domain/register/registerKeeper.server";
import { type Database, violatedConstraint } from "~db/client";
import { journal } from "~db/schema/journal";
import {
  charityAccounts,
  filings,
  fundraisingCertificates,
  organisations,
  programmes,
  registrations,
} from "~db/schema/organisations";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { aBody, anEntry, demoCharity, keepers, NAMES, waitingOf } from "../../factories/register";
import { test } from "../../support/payments";

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);

test("an organisation posts nothing before two people entered it, one after the other; then it is verified, and the journal says by whom", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  const { one, two } = both;
  const request = aBody(world, "organisation");
  const { bodyId } = await enterBody(one, request);
  expect(await enterBody(one, request)).toEqual({ bodyId });
  await expect(
    enterBody(two, aBody(world, "organisation", { creditCode: request.creditCode })),
  ).rejects.toMatchObject({ code: "CREDIT_CODE_KNOWN" });

  const editor = world.as(
    await aPerson(world, { role: "org_editor", scope: { kind: "organisation", id: bodyId } }),
  );
  const wanted = {
    organisationId: bodyId,
    townCode: SHIQI,
    title: "扶手",
    story: "为独居老人装扶手。",
    moneyFor: "人工",
    moneyFen: "100",
    lines: [],
    requestKey: world.system.newId(),
  };
  const { needId } = await draftOrganisationNeed(editor, OrganisationNeedInput.parse(wanted));
  await expect(submitOrganisationNeed(editor, needId)).rejects.toMatchObject({ code: "CERTIFICATE_EXPIRED" });
  const waiting = await waitingOf(two, bodyId, "registration");
  await expect(decideEntry(one, waiting, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await decideEntry(two, waiting, "approve");
  await submitOrganisationNeed(editor, needId);

  const [organisation] = await db.select().from(organisations).where(eq(organisations.id, bodyId));
  expect(organisation).toMatchObject({
    state: "verified",
    version: 2,
    verifiedBy: two.actor.kind === "user" ? two.actor.userId : "",
  });
  const steps = await db
    .select({ event: journal.event, role: journal.actorRole })
    .from(journal)
    .where(inArray(journal.entityId, [bodyId, waiting.entryId]))
    .orderBy(asc(journal.id));
  expect(steps.map(({ event, role }) => `${event} by ${role}`)).toEqual([
    "organisation.enter by operator",
    "registration.enter by operator",
    "registration.approve by admin",
    "organisation.verify by admin",
  ]);
  expect(
    (await peopleWithRoles(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }))))
      .places,
  ).toContainEqual({ where: `organisation:${bodyId}`, ...NAMES });
  expect(await wrongs(db)).toEqual([]);
});

test("nobody but operators and admins keeps the register, and nobody else reads it", async ({ world }) => {
  const team = await aTeam(world);
  const bodyId = await demoCharity(world);
  const finance = await aPerson(world, { role: "finance", scope: { kind: "charity", id: bodyId } });
  const auditor = await aPerson(world, { role: "auditor", scope: { kind: "city" } });
  const { one, two } = await keepers(world);
  await enterEntry(one, bodyId, anEntry(world, "fundraising_certificate", { number: "演示公募第 0100 号" }));
  const waiting = await waitingOf(one, bodyId, "fundraising_certificate");
  for (const person of [
    finance,
    auditor,
    team.reviewer,
    team.caseworker,
    team.storekeeper,
    await aDonor(world),
  ]) {
    const ctx = world.as(person);
    const refused = { code: "NOT_ALLOWED" };
    await expect(enterBody(ctx, aBody(world, "charity"))).rejects.toMatchObject(refused);
    await expect(
      enterEntry(ctx, bodyId, anEntry(world, "charity_account", { stripeAccountId: "acct_mine" })),
    ).rejects.toMatchObject(refused);
    await expect(decideEntry(ctx, waiting, "approve")).rejects.toMatchObject(refused);
    await expect(endEntry(ctx, waiting)).rejects.toMatchObject(refused);
    await expect(registerHome(ctx)).rejects.toMatchObject(refused);
    await expect(bodyPage(ctx, bodyId)).rejects.toMatchObject(refused);
  }

  await decideEntry(two, waiting, "reject");
  await expect(registerHome(world.as({ kind: "visitor" }))).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  await expect(bodyPage(one, world.system.newId())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the database takes no entry that one person alone made count, of any kind", async ({ world, db }) => {
  const both = await keepers(world);
  const me = (await aDonor(world)).userId;
  const charityId = await demoCharity(world);
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, charityId));
  const row = () => ({
    id: world.system.newId(),
    enteredBy: me,
    createdAt: world.clock.now(),
    validFrom: world.clock.now(),
  });
  const validTo = new Date("2099-01-01");
  const writes = (state: "approved", decidedBy: string | null) =>
    [
      [
        "registration",
        () =>
          db.insert(registrations).values({
            ...row(),
            ...NAMES,
            charityId,
            contactPhone: "1",
            number: "1",
            validTo,
            state,
            decidedBy,
          }),
      ],
      [
        "fundraising_certificate",
        () =>
          db
            .insert(fundraisingCertificates)
            .values({ ...row(), charityId, number: "1", validTo, state, decidedBy }),
      ],
      [
        "filing",
        () =>
          db
            .insert(filings)
            .values({ ...row(), programmeId: programme?.id ?? "", validTo, state, decidedBy }),
      ],
      [
        "charity_account",
        () =>
          db
            .insert(charityAccounts)
            .values({ ...row(), charityId, stripeAccountId: "acct_alone", state, decidedBy }),
      ],
    ] as const;
  for (const [kind, write] of writes("approved", me))
    expect(violatedConstraint(await write().catch((error: unknown) => error))).toBe(`${kind}_four_eyes`);
  for (const [kind, write] of writes("approved", null))
    expect(violatedConstraint(await write().catch((error: unknown) => error))).toBe(`${kind}_decided`);
  expect(
    (await bodyPage(both.one, charityId)).entries.every(
      (found) => found.enteredBy === undefined || found.decidedBy !== found.enteredBy,
    ),
  ).toBe(true);
});

test("the invariant finds what the columns hide: an entry whose two people are one in the journal, or that no one entered there", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation"));
  const waiting = await waitingOf(both.two, bodyId, "registration");
  await decideEntry(both.two, waiting, "approve");
  expect(await wrongs(db)).toEqual([]);
  const stranger = await aDonor(world);
  await db
    .update(registrations)
    .set({ enteredBy: stranger.userId })
    .where(eq(registrations.id, waiting.entryId));
  expect(await wrongs(db)).toEqual([`organisations.four_eyes: registration ${waiting.entryId}`]);
  await db
    .update(registrations)
    .set({ enteredBy: both.one.actor.kind === "user" ? both.one.actor.userId : "" })
    .where(eq(registrations.id, waiting.entryId));
});

test("operators and admins keep the register, each in their own role; nobody else, in whatever role", async ({
  world,
}) => {
  const { one, two } = await keepers(world);
  expect(requireRegisterKeeper(one)).toMatchObject({ by: "operator" });
  expect(requireRegisterKeeper(two)).toMatchObject({ by: "admin" });
  const team = await aTeam(world);
  for (const who of [team.caseworker, team.reviewer, team.storekeeper, team.courier, await aDonor(world)])
    expect(() => requireRegisterKeeper(world.as(who))).toThrow(
      expect.objectContaining({ code: "NOT_ALLOWED" }),
    );
  expect(() => requireRegisterKeeper(world.as({ kind: "visitor" }))).toThrow(
    expect.objectContaining({ code: "SIGN_IN_NEEDED" }),
  );
});
