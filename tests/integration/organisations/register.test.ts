import { asc, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { peopleWithRoles } from "~/domain/identity/roles.server";
import { draftProject, submitProject } from "~/domain/needs/draftProject.server";
import { ProjectInput } from "~/domain/needs/projectSchemas";
import { decideEntry, endEntry } from "~/domain/organisations/decideEntry.server";
import { enterBody } from "~/domain/organisations/enterBody.server";
import { enterEntry } from "~/domain/organisations/enterEntry.server";
import { bodyPage, registerHome } from "~/domain/organisations/queries.server";
import { ENTRY_FORMS, EnterBodyInput } from "~/domain/organisations/schemas";
import { violatedConstraint, type Database } from "~db/client";
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
import {
  aBody,
  anEntry,
  aPeriod,
  approved,
  demoCharity,
  inDays,
  keepers,
  NAMES,
  waitingOf,
} from "../../factories/register";
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
  const project = {
    organisationId: bodyId,
    townCode: SHIQI,
    title: "扶手",
    story: "为独居老人装扶手。",
    moneyFor: "人工",
    moneyFen: "100",
    lines: [],
    requestKey: world.system.newId(),
  };
  const { needId } = await draftProject(editor, ProjectInput.parse(project));
  await expect(submitProject(editor, needId)).rejects.toMatchObject({ code: "CERTIFICATE_EXPIRED" });
  const waiting = await waitingOf(two, bodyId, "registration");
  await expect(decideEntry(one, waiting, "approve")).rejects.toMatchObject({ code: "FOUR_EYES" });
  await decideEntry(two, waiting, "approve");
  await submitProject(editor, needId);

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

test("dates that contradict, codes and accounts that are none are said beside their fields", ({ world }) => {
  const issue = (
    schema: {
      safeParse: (value: unknown) => {
        error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined;
      };
    },
    value: unknown,
  ) => schema.safeParse(value).error?.issues.map(({ path, message }) => [path.join("."), message]);
  const { bodyKind, creditCode, ...rest } = aBody(world, "charity");
  const whole = { bodyKind, creditCode, ...rest };
  expect(issue(EnterBodyInput, { ...whole, validTo: inDays(world, -1) })).toEqual([
    ["validTo", "register.endsBeforeItBegins"],
  ]);
  expect(issue(EnterBodyInput, { ...whole, validTo: whole.validFrom })).toBeUndefined();
  expect(issue(EnterBodyInput, { ...whole, validTo: "2099-02-30" })).toEqual([
    ["validTo", "common.dayWrong"],
  ]);
  expect(issue(EnterBodyInput, { ...whole, creditCode: "" })?.[0]).toEqual([
    "creditCode",
    "common.pleaseFill",
  ]);
  for (const wrong of [
    "91350100M000100Y44",
    creditCode.slice(0, 17),
    `${creditCode}0`,
    creditCode.replace(/.$/, "I"),
  ])
    expect(issue(EnterBodyInput, { ...whole, creditCode: wrong })?.[0]).toEqual([
      "creditCode",
      "register.creditCodeWrong",
    ]);
  expect(issue(EnterBodyInput, { ...whole, creditCode: ` ${creditCode.toLowerCase()} ` })).toBeUndefined();
  const account = { form: "charity_account", validFrom: inDays(world, 1), requestKey: world.system.newId() };
  for (const wrong of ["sk_live_123456", "acct", "acct_x y", "cus_1234567"])
    expect(issue(ENTRY_FORMS.charity_account, { ...account, stripeAccountId: wrong })).toEqual([
      ["stripeAccountId", "register.accountWrong"],
    ]);
  for (const form of ["registration", "fundraising_certificate", "programme", "filing"] as const)
    expect(
      issue(ENTRY_FORMS[form], {
        form,
        ...aPeriod(world, 5, 4),
        ...NAMES,
        contactPhone: "0760-0000-4000",
        number: "1",
        filingNumber: "1",
        programmeId: world.system.newId(),
        requestKey: account.requestKey,
      }),
    ).toEqual([["validTo", "register.endsBeforeItBegins"]]);
});

test("what would be over already is refused, an account that begins in the past as well, and what only a charity has is not an organisation's", async ({
  world,
  db,
}) => {
  const { one } = await keepers(world);
  const charityId = await demoCharity(world);
  await expect(
    enterEntry(
      one,
      charityId,
      anEntry(world, "fundraising_certificate", { number: "旧证", ...aPeriod(world, -400, -1) }),
    ),
  ).rejects.toMatchObject({
    code: "IN_THE_PAST",
  });
  await expect(
    enterEntry(
      one,
      charityId,
      anEntry(world, "charity_account", { stripeAccountId: "acct_late", validFrom: inDays(world, -1) }),
    ),
  ).rejects.toMatchObject({
    code: "IN_THE_PAST",
  });
  await expect(enterBody(one, aBody(world, "charity", aPeriod(world, -400, -1)))).rejects.toMatchObject({
    code: "IN_THE_PAST",
  });
  const { bodyId } = await enterBody(one, aBody(world, "organisation"));
  for (const form of [
    anEntry(world, "fundraising_certificate", { number: "1" }),
    anEntry(world, "charity_account", { stripeAccountId: "acct_nobody" }),
  ])
    await expect(enterEntry(one, bodyId, form)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, charityId));
  const { bodyId: other } = await enterBody(one, aBody(world, "charity"));
  await expect(
    enterEntry(one, other, anEntry(world, "filing", { programmeId: programme?.id })),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    enterEntry(one, other, anEntry(world, "charity_account", { stripeAccountId: "acct_demo_charity" })),
  ).rejects.toMatchObject({ code: "ACCOUNT_TAKEN" });
  await expect(
    enterEntry(one, other, anEntry(world, "programme", { filingNumber: programme?.filingNumber, ...NAMES })),
  ).rejects.toMatchObject({ code: "FILING_KNOWN" });
});

test("one of a kind waits at a time; twenty equal requests make one, and what somebody decided meanwhile is not decided again", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  const request = anEntry(world, "fundraising_certificate", { number: "演示公募第 0200 号" });
  await Promise.all(Array.from({ length: 20 }, () => enterEntry(both.one, bodyId, request)));
  expect(
    await db.select().from(fundraisingCertificates).where(eq(fundraisingCertificates.charityId, bodyId)),
  ).toHaveLength(1);
  await expect(
    enterEntry(both.two, bodyId, anEntry(world, "fundraising_certificate", { number: "另一份" })),
  ).rejects.toMatchObject({ code: "ENTRY_WAITING" });
  const waiting = await waitingOf(both.two, bodyId, "fundraising_certificate");
  const outcomes = await Promise.allSettled([
    decideEntry(both.two, waiting, "approve"),
    decideEntry(both.two, waiting, "reject"),
    decideEntry(both.two, waiting, "approve"),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  await expect(decideEntry(both.two, waiting, "reject")).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await wrongs(db)).toEqual([]);
});

test("a change of name is a new entry from its day on: the old one stays, and nothing of it is written over", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation"));
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "registration"), "approve");
  const before = await db.select().from(registrations).where(eq(registrations.organisationId, bodyId));
  const renamed = {
    nameHans: "新名服务社（虚构）",
    nameHant: "新名服務社（虛構）",
    nameEn: "Renamed (fictional)",
  };
  await approved(
    both,
    bodyId,
    "registration",
    anEntry(world, "registration", {
      ...renamed,
      contactPhone: "0760-0000-4001",
      number: "新证",
      ...aPeriod(world, 10, 400),
    }),
  );
  const calledNow = async () => (await bodyPage(both.one, bodyId)).name;
  expect(await calledNow()).toEqual(NAMES);
  world.clock.advance({ days: 10 });
  expect(await calledNow()).toEqual(renamed);
  expect((await bodyPage(both.one, bodyId)).entries.map((row) => row.standing)).toEqual([
    "in_force",
    "replaced",
  ]);
  const after = await db
    .select()
    .from(registrations)
    .where(eq(registrations.id, before[0]?.id ?? ""));
  expect(after).toEqual(before);
});

test("a programme that was rejected may be entered anew in better words; one that somebody approved keeps its purpose", async ({
  world,
  db,
}) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  const filingNumber = `TS${bodyId}`;
  const programme = (purpose: string) =>
    anEntry(world, "programme", { filingNumber, ...NAMES, nameHans: purpose });
  await enterEntry(both.one, bodyId, programme("写错的用途"));
  await expect(enterEntry(both.two, bodyId, programme("另一种用途"))).rejects.toMatchObject({
    code: "FILING_KNOWN",
  });
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "filing"), "reject");
  await approved(both, bodyId, "filing", programme("写对的用途"));
  await expect(enterEntry(both.one, bodyId, programme("改掉的用途"))).rejects.toMatchObject({
    code: "FILING_KNOWN",
  });
  expect(
    (await db.select().from(programmes).where(eq(programmes.filingNumber, filingNumber))).map(
      (row) => row.nameHans,
    ),
  ).toEqual(["写对的用途"]);
});

test("what lapses within 60 days stands first, until a longer one is approved; what waits says whose it is", async ({
  world,
}) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation", aPeriod(world, 0, 59)));
  const far = await enterBody(both.one, aBody(world, "organisation", aPeriod(world, 0, 61)));
  const home = async (by = both.one) => {
    const page = await registerHome(by);
    return {
      lapsing: page.lapsing.map((row) => row.body),
      waiting: page.waiting.filter((row) => row.body === bodyId).map((row) => row.mine),
    };
  };

  expect(await home()).toMatchObject({ waiting: [true] });
  expect(await home(both.two)).toMatchObject({ waiting: [false] });
  for (const id of [bodyId, far.bodyId])
    await decideEntry(both.two, await waitingOf(both.two, id, "registration"), "approve");
  expect((await home()).lapsing).toContain(bodyId);
  expect((await home()).lapsing).not.toContain(far.bodyId);
  world.clock.advance({ days: 62 });
  expect((await registerHome(both.one)).lapsing.find((row) => row.body === bodyId)?.over).toBe(true);
  await approved(
    both,
    bodyId,
    "registration",
    anEntry(world, "registration", { ...NAMES, contactPhone: "0760-0000-4000", number: "续证" }),
  );
  expect((await home()).lapsing).not.toContain(bodyId);
  const { bodies } = await registerHome(both.one);
  expect(bodies.find((row) => row.body === bodyId)).toMatchObject({ kind: "organisation", name: NAMES });
});
