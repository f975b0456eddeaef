import { and, asc, eq, inArray } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { peopleWithRoles } from "~/domain/identity/roles.server";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { draftProject, submitProject } from "~/domain/needs/draftProject.server";
import { ProjectInput } from "~/domain/needs/projectSchemas";
import { decideEntry, endEntry } from "~/domain/organisations/decideEntry.server";
import { enterBody } from "~/domain/organisations/enterBody.server";
import { enterEntry } from "~/domain/organisations/enterEntry.server";
import { bodyPage, registerHome } from "~/domain/organisations/queries.server";
import { ENTRY_FORMS, EnterBodyInput, type EntryInput } from "~/domain/organisations/schemas";
import type { EntryKind } from "~/domain/organisations/words";
import { collectingCharity } from "~/domain/payments/charity.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { sweepPayments } from "~/domain/payments/sweepPayments.server";
import { violatedConstraint, type Database } from "~db/client";
import { journal } from "~db/schema/journal";
import { charities, charityAccounts, filings, fundraisingCertificates, organisations, programmes, registrations } from "~db/schema/organisations";
import { financeTasks } from "~db/schema/payments";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { paying, started, test } from "../../support/payments";
import type { World } from "../../support/world";

const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
let serial = 0;
/** A credit code that nobody has, with its right check sign. */
function aCreditCode(): string {
  serial += 1;
  const body = `52440000TX${String(serial).padStart(7, "0")}`;
  const sum = [...body].reduce((total, sign, index) => total + SIGNS.indexOf(sign) * 3 ** index, 0);
  return body + SIGNS.charAt((31 - (sum % 31)) % 31);
}

const inDays = (world: World, days: number) => dayPlus(shanghaiDay(world.clock.now()), days);
const names = { nameHans: "演示服务社（虚构）", nameHant: "演示服務社（虛構）", nameEn: "Demo Service (fictional)" };
const dates = (world: World, from = 0, to = 300) => ({ validFrom: inDays(world, from), validTo: inDays(world, to) });

const aBody = (world: World, bodyKind: "organisation" | "charity", rest: Record<string, unknown> = {}) =>
  EnterBodyInput.parse({
    bodyKind,
    creditCode: aCreditCode(),
    ...names,
    contactPhone: "0760-0000-4000",
    number: "演示民非第 0009 号",
    ...dates(world),
    requestKey: world.system.newId(),
    ...rest,
  });

const entry = <Form extends EntryInput["form"]>(world: World, form: Form, rest: Record<string, unknown>) =>
  ENTRY_FORMS[form].parse({ form, ...dates(world), requestKey: world.system.newId(), ...rest }) as EntryInput;

async function keepers(world: World) {
  const city = (role: "admin" | "operator") => aPerson(world, { role, scope: { kind: "city" } });
  return { one: world.as(await city("operator")), two: world.as(await city("admin")) };
}
type Keepers = Awaited<ReturnType<typeof keepers>>;

/** The one entry of this kind that waits for that body. */
async function waitingOf(by: Keepers["two"], bodyId: string, kind: EntryKind) {
  const found = (await bodyPage(by, bodyId)).entries.find((row) => row.kind === kind && row.standing === "proposed");
  if (!found) throw new Error(`no ${kind} waits`);
  return { kind, entryId: found.id, version: found.version };
}

/** Entered by one, approved by the other. */
async function approved({ one, two }: Keepers, bodyId: string, kind: EntryKind, input: EntryInput) {
  await enterEntry(one, bodyId, input);
  const waiting = await waitingOf(two, bodyId, kind);
  await decideEntry(two, waiting, "approve");
  return { ...waiting, version: waiting.version + 1 };
}

const wrongs = async (db: Database) => (await runChecks(db)).flatMap((check) => check.wrong);
const demoCharity = async (db: Database) => (await db.select().from(charities).where(eq(charities.creditCode, "53440000MJ0000000G")))[0]?.id ?? "";
/** Everything that set-up brought along stops counting. */
async function closeDemoCharity({ one }: Keepers, db: Database) {
  const bodyId = await demoCharity(db);
  for (const row of (await bodyPage(one, bodyId)).entries.filter((found) => found.kind !== "registration" && found.standing === "in_force"))
    await endEntry(one, { kind: row.kind, entryId: row.id, version: row.version });
  return bodyId;
}

test("an organisation posts nothing before two people entered it, one after the other; then it is verified, and the journal says by whom", async ({ world, db }) => {
  const both = await keepers(world);
  const { one, two } = both;
  const request = aBody(world, "organisation");
  const { bodyId } = await enterBody(one, request);
  expect(await enterBody(one, request)).toEqual({ bodyId });
  await expect(enterBody(two, aBody(world, "organisation", { creditCode: request.creditCode }))).rejects.toMatchObject({ code: "CREDIT_CODE_KNOWN" });

  const editor = world.as(await aPerson(world, { role: "org_editor", scope: { kind: "organisation", id: bodyId } }));
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
  expect(organisation).toMatchObject({ state: "verified", version: 2, verifiedBy: two.actor.kind === "user" ? two.actor.userId : "" });
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
  expect((await peopleWithRoles(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })))).places).toContainEqual({ where: `organisation:${bodyId}`, ...names });
  expect(await wrongs(db)).toEqual([]);
});

test("nobody but operators and admins keeps the register, and nobody else reads it", async ({ world, db }) => {
  const team = await aTeam(world);
  const bodyId = await demoCharity(db);
  const finance = await aPerson(world, { role: "finance", scope: { kind: "charity", id: bodyId } });
  const auditor = await aPerson(world, { role: "auditor", scope: { kind: "city" } });
  const { one, two } = await keepers(world);
  await enterEntry(one, bodyId, entry(world, "fundraising_certificate", { number: "演示公募第 0100 号" }));
  const waiting = await waitingOf(one, bodyId, "fundraising_certificate");
  for (const person of [finance, auditor, team.reviewer, team.caseworker, team.storekeeper, await aDonor(world)]) {
    const ctx = world.as(person);
    const refused = { code: "NOT_ALLOWED" };
    await expect(enterBody(ctx, aBody(world, "charity"))).rejects.toMatchObject(refused);
    await expect(enterEntry(ctx, bodyId, entry(world, "charity_account", { stripeAccountId: "acct_mine" }))).rejects.toMatchObject(refused);
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
  const charityId = await demoCharity(db);
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, charityId));
  const row = () => ({ id: world.system.newId(), enteredBy: me, createdAt: world.clock.now(), validFrom: world.clock.now() });
  const validTo = new Date("2099-01-01");
  const writes = (state: "approved", decidedBy: string | null) =>
    [
      ["registration", () => db.insert(registrations).values({ ...row(), ...names, charityId, contactPhone: "1", number: "1", validTo, state, decidedBy })],
      ["fundraising_certificate", () => db.insert(fundraisingCertificates).values({ ...row(), charityId, number: "1", validTo, state, decidedBy })],
      ["filing", () => db.insert(filings).values({ ...row(), programmeId: programme?.id ?? "", validTo, state, decidedBy })],
      ["charity_account", () => db.insert(charityAccounts).values({ ...row(), charityId, stripeAccountId: "acct_alone", state, decidedBy })],
    ] as const;
  for (const [kind, write] of writes("approved", me)) expect(violatedConstraint(await write().catch((error: unknown) => error))).toBe(`${kind}_four_eyes`);
  for (const [kind, write] of writes("approved", null)) expect(violatedConstraint(await write().catch((error: unknown) => error))).toBe(`${kind}_decided`);
  expect((await bodyPage(both.one, charityId)).entries.every((found) => found.enteredBy === undefined || found.decidedBy !== found.enteredBy)).toBe(true);
});

test("the invariant finds what the columns hide: an entry whose two people are one in the journal, or that no one entered there", async ({ world, db }) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation"));
  const waiting = await waitingOf(both.two, bodyId, "registration");
  await decideEntry(both.two, waiting, "approve");
  expect(await wrongs(db)).toEqual([]);
  const stranger = await aDonor(world);
  await db.update(registrations).set({ enteredBy: stranger.userId }).where(eq(registrations.id, waiting.entryId));
  expect(await wrongs(db)).toEqual([`organisations.four_eyes: registration ${waiting.entryId}`]);
  await db
    .update(registrations)
    .set({ enteredBy: both.one.actor.kind === "user" ? both.one.actor.userId : "" })
    .where(eq(registrations.id, waiting.entryId));
});

test("dates that contradict, codes and accounts that are none are said beside their fields", ({ world }) => {
  const issue = (schema: { safeParse: (value: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined } }, value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ path, message }) => [path.join("."), message]);
  const { bodyKind, creditCode, ...rest } = aBody(world, "charity");
  const whole = { bodyKind, creditCode, ...rest };
  expect(issue(EnterBodyInput, { ...whole, validTo: inDays(world, -1) })).toEqual([["validTo", "register.endsBeforeItBegins"]]);
  expect(issue(EnterBodyInput, { ...whole, validTo: whole.validFrom })).toBeUndefined();
  expect(issue(EnterBodyInput, { ...whole, validTo: "2099-02-30" })).toEqual([["validTo", "common.pleaseDay"]]);
  for (const wrong of ["", "91350100M000100Y44", creditCode.slice(0, 17), `${creditCode}0`, creditCode.replace(/.$/, "I")])
    expect(issue(EnterBodyInput, { ...whole, creditCode: wrong })?.[0]).toEqual(["creditCode", "register.creditCodeWrong"]);
  expect(issue(EnterBodyInput, { ...whole, creditCode: ` ${creditCode.toLowerCase()} ` })).toBeUndefined();
  const account = { form: "charity_account", validFrom: inDays(world, 1), requestKey: world.system.newId() };
  for (const wrong of ["", "sk_live_123456", "acct", "acct_x y", "cus_1234567"])
    expect(issue(ENTRY_FORMS.charity_account, { ...account, stripeAccountId: wrong })).toEqual([["stripeAccountId", "register.accountWrong"]]);
  for (const form of ["registration", "fundraising_certificate", "programme", "filing"] as const)
    expect(
      issue(ENTRY_FORMS[form], {
        form,
        ...dates(world, 5, 4),
        ...names,
        contactPhone: "1",
        number: "1",
        filingNumber: "1",
        programmeId: world.system.newId(),
        requestKey: account.requestKey,
      }),
    ).toEqual([["validTo", "register.endsBeforeItBegins"]]);
});

test("what would be over already is refused, an account that begins in the past as well, and what only a charity has is not an organisation's", async ({ world, db }) => {
  const { one } = await keepers(world);
  const charityId = await demoCharity(db);
  await expect(enterEntry(one, charityId, entry(world, "fundraising_certificate", { number: "旧证", ...dates(world, -400, -1) }))).rejects.toMatchObject({ code: "IN_THE_PAST" });
  await expect(enterEntry(one, charityId, entry(world, "charity_account", { stripeAccountId: "acct_late", validFrom: inDays(world, -1) }))).rejects.toMatchObject({
    code: "IN_THE_PAST",
  });
  await expect(enterBody(one, aBody(world, "charity", dates(world, -400, -1)))).rejects.toMatchObject({ code: "IN_THE_PAST" });
  const { bodyId } = await enterBody(one, aBody(world, "organisation"));
  for (const form of [entry(world, "fundraising_certificate", { number: "1" }), entry(world, "charity_account", { stripeAccountId: "acct_nobody" })])
    await expect(enterEntry(one, bodyId, form)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, charityId));
  const { bodyId: other } = await enterBody(one, aBody(world, "charity"));
  await expect(enterEntry(one, other, entry(world, "filing", { programmeId: programme?.id }))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(enterEntry(one, other, entry(world, "charity_account", { stripeAccountId: "acct_demo_charity" }))).rejects.toMatchObject({ code: "ACCOUNT_TAKEN" });
  await expect(enterEntry(one, other, entry(world, "programme", { filingNumber: programme?.filingNumber, ...names }))).rejects.toMatchObject({ code: "FILING_KNOWN" });
});

test("one of a kind waits at a time; twenty equal requests make one, and what somebody decided meanwhile is not decided again", async ({ world, db }) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  const request = entry(world, "fundraising_certificate", { number: "演示公募第 0200 号" });
  await Promise.all(Array.from({ length: 20 }, () => enterEntry(both.one, bodyId, request)));
  expect(await db.select().from(fundraisingCertificates).where(eq(fundraisingCertificates.charityId, bodyId))).toHaveLength(1);
  await expect(enterEntry(both.two, bodyId, entry(world, "fundraising_certificate", { number: "另一份" }))).rejects.toMatchObject({ code: "ENTRY_WAITING" });
  const waiting = await waitingOf(both.two, bodyId, "fundraising_certificate");
  const outcomes = await Promise.allSettled([decideEntry(both.two, waiting, "approve"), decideEntry(both.two, waiting, "reject"), decideEntry(both.two, waiting, "approve")]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  await expect(decideEntry(both.two, waiting, "reject")).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await wrongs(db)).toEqual([]);
});

test("payments open with the last of certificate, filing and account that a second person approved, and not a day before they begin", async ({ world, db }) => {
  const both = await keepers(world);
  await closeDemoCharity(both, db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 9n }] });
  const donor = world.as(await aDonor(world));
  const closed = async () => {
    await expect(startCheckout(donor, paying(world, line.id))).rejects.toMatchObject({ code: "PAYMENTS_CLOSED" });
  };
  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "registration"), "approve");
  await approved(both, bodyId, "fundraising_certificate", entry(world, "fundraising_certificate", { number: "演示公募第 0300 号" }));
  await approved(both, bodyId, "filing", entry(world, "programme", { filingNumber: `TS${bodyId}`, ...names, ...dates(world, 0, 90) }));
  await closed();
  await enterEntry(both.one, bodyId, entry(world, "charity_account", { stripeAccountId: "acct_new_one", validFrom: inDays(world, 2) }));
  await closed();
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "charity_account"), "approve");
  await closed();
  world.clock.advance({ days: 3 });
  await startCheckout(donor, paying(world, line.id));
  expect(await collectingCharity(db, world.clock.now())).toMatchObject({
    stripeAccountId: "acct_new_one",
    charity: { id: bodyId, ...names },
    certificate: { number: "演示公募第 0300 号" },
  });

  // The filing lapses at the end of its last day; a longer period is a new entry of the same programme, with the same fund.
  world.clock.advance({ days: 87 });
  await startCheckout(donor, paying(world, line.id));
  world.clock.advance({ days: 1 });
  await closed();
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, bodyId));
  await approved(both, bodyId, "filing", entry(world, "filing", { programmeId: programme?.id, ...dates(world, 0, 30) }));
  await startCheckout(donor, paying(world, line.id));
  expect((await bodyPage(both.one, bodyId)).entries.filter((row) => row.kind === "filing").map((row) => row.standing)).toEqual(["in_force", "lapsed"]);
  await sweepPayments(world.system);
  expect(await wrongs(db)).toEqual([]);
});

test("a new account takes the old one's place on its day; ended, it is followed by none that came before it; what is under way goes on", async ({ world, desk, db }) => {
  const both = await keepers(world);
  const demo = await closeDemoCharity(both, db);
  const [programme] = await db.select().from(programmes).where(eq(programmes.charityId, demo));
  await approved(both, demo, "fundraising_certificate", entry(world, "fundraising_certificate", { number: "演示公募第 0400 号" }));
  await approved(both, demo, "filing", entry(world, "filing", { programmeId: programme?.id }));
  await approved(both, demo, "charity_account", entry(world, "charity_account", { stripeAccountId: "acct_first", validFrom: inDays(world, 0) }));
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 5n }] });
  const paid = await started(world, await aDonor(world), line.id);
  expect(paid.checkout.stripeAccountId).toBe("acct_first");
  const second = await approved(both, demo, "charity_account", entry(world, "charity_account", { stripeAccountId: "acct_second", validFrom: inDays(world, 1) }));
  expect((await collectingCharity(db, world.clock.now()))?.stripeAccountId).toBe("acct_first");
  await desk.pay(paid.sessionId);
  const completed = (await world.payments.listEvents("acct_first", new Date(0))).at(-1);
  if (!completed) throw new Error("no event");
  expect(await handleStripeEvent(world.system, completed)).toBe("handled");
  world.clock.advance({ days: 1 });
  expect((await collectingCharity(db, world.clock.now()))?.stripeAccountId).toBe("acct_second");
  const standings = async () => (await bodyPage(both.one, demo)).entries.filter((row) => ["acct_first", "acct_second"].includes(row.number)).map((row) => row.standing);
  expect(await standings()).toEqual(["in_force", "replaced"]);
  await endEntry(both.one, second);
  expect(await collectingCharity(db, world.clock.now())).toBeUndefined();
  expect(await standings()).toEqual(["ended", "replaced"]);
  await expect(endEntry(both.two, second)).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(
    await db
      .select()
      .from(financeTasks)
      .where(and(eq(financeTasks.charityId, demo), eq(financeTasks.kind, "wrong_account"))),
  ).toEqual([]);
  expect(await wrongs(db)).toEqual([]);
});

test("a change of name is a new entry from its day on: the old one stays, and nothing of it is written over", async ({ world, db }) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation"));
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "registration"), "approve");
  const before = await db.select().from(registrations).where(eq(registrations.organisationId, bodyId));
  const renamed = { nameHans: "新名服务社（虚构）", nameHant: "新名服務社（虛構）", nameEn: "Renamed (fictional)" };
  await approved(both, bodyId, "registration", entry(world, "registration", { ...renamed, contactPhone: "0760-0000-4001", number: "新证", ...dates(world, 10, 400) }));
  const calledNow = async () => (await bodyPage(both.one, bodyId)).name;
  expect(await calledNow()).toEqual(names);
  world.clock.advance({ days: 10 });
  expect(await calledNow()).toEqual(renamed);
  expect((await bodyPage(both.one, bodyId)).entries.map((row) => row.standing)).toEqual(["in_force", "replaced"]);
  const after = await db
    .select()
    .from(registrations)
    .where(eq(registrations.id, before[0]?.id ?? ""));
  expect(after).toEqual(before);
});

test("a programme that was rejected may be entered anew in better words; one that somebody approved keeps its purpose", async ({ world, db }) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "charity"));
  const filingNumber = `TS${bodyId}`;
  const programme = (purpose: string) => entry(world, "programme", { filingNumber, ...names, nameHans: purpose });
  await enterEntry(both.one, bodyId, programme("写错的用途"));
  await expect(enterEntry(both.two, bodyId, programme("另一种用途"))).rejects.toMatchObject({ code: "FILING_KNOWN" });
  await decideEntry(both.two, await waitingOf(both.two, bodyId, "filing"), "reject");
  await approved(both, bodyId, "filing", programme("写对的用途"));
  await expect(enterEntry(both.one, bodyId, programme("改掉的用途"))).rejects.toMatchObject({ code: "FILING_KNOWN" });
  expect((await db.select().from(programmes).where(eq(programmes.filingNumber, filingNumber))).map((row) => row.nameHans)).toEqual(["写对的用途"]);
});

test("what lapses within 60 days stands first, until a longer one is approved; what waits says whose it is", async ({ world }) => {
  const both = await keepers(world);
  const { bodyId } = await enterBody(both.one, aBody(world, "organisation", dates(world, 0, 59)));
  const far = await enterBody(both.one, aBody(world, "organisation", dates(world, 0, 61)));
  const home = async (by = both.one) => {
    const page = await registerHome(by);
    return { lapsing: page.lapsing.map((row) => row.body), waiting: page.waiting.filter((row) => row.body === bodyId).map((row) => row.mine) };
  };
  expect(await home()).toMatchObject({ waiting: [true] });
  expect(await home(both.two)).toMatchObject({ waiting: [false] });
  for (const id of [bodyId, far.bodyId]) await decideEntry(both.two, await waitingOf(both.two, id, "registration"), "approve");
  expect((await home()).lapsing).toContain(bodyId);
  expect((await home()).lapsing).not.toContain(far.bodyId);
  world.clock.advance({ days: 62 });
  expect((await registerHome(both.one)).lapsing.find((row) => row.body === bodyId)?.over).toBe(true);
  await approved(both, bodyId, "registration", entry(world, "registration", { ...names, contactPhone: "1", number: "续证" }));
  expect((await home()).lapsing).not.toContain(bodyId);
  const { bodies } = await registerHome(both.one);
  expect(bodies.find((row) => row.body === bodyId)).toMatchObject({ kind: "organisation", name: names });
});
