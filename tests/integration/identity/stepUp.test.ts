import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { grantRole } from "~/domain/identity/roles.server";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import { passStepUp } from "~/domain/identity/stepUp.server";
import { GRAVE, type GraveAct, requireSteppedUp } from "~/domain/kernel/stepUp";
import { contextOf } from "~/http/context.server";
import { action as people } from "~/routes/admin/people";
import { loader as trailCsv } from "~/routes/audit/trailCsv";
import { action as openedAs } from "~/routes/households/household";
import { loader as myPassword } from "~/routes/identity/myPassword";
import { action as mySecondStep } from "~/routes/identity/mySecondStep";
import { action as stepUpAction, loader as stepUpPage } from "~/routes/identity/stepUp";
import { makeSessions, type ShownProof } from "~/session/sessions.server";
import { recordOpenings } from "~db/schema/households";
import { roleGrants, sessions } from "~db/schema/identity";
import { portalUses } from "~db/schema/trail";
import { somebody } from "../../factories/accounts";
import { aHousehold } from "../../factories/households";
import { aCaseworker, aPerson } from "../../factories/people";
import { aPhone, digitsAt } from "../../factories/steps";
import { test } from "../../support/database";
import { codeOf } from "../../support/refused";
import { sentFrom } from "../../support/routeArgs";
import { aWorld, type World } from "../../support/world";

const ADMIN = { role: "admin", scope: { kind: "city" } } as const;

/** A browser in which somebody is signed in: it keeps the cookie that an answer sets. */
async function aBrowser(world: World, userId: string, shown: ShownProof = "secondStep") {
  let cookie =
    (await makeSessions(world.db, { secure: false }).start(userId, world.clock.now(), shown)).split(";")[0] ??
    "";
  const keep = (answer: unknown): unknown => {
    const headers =
      answer instanceof Response
        ? answer.headers
        : new Headers((answer as { init?: ResponseInit | null } | null)?.init?.headers);
    const set = headers.getSetCookie().find((each) => each.startsWith("session="));
    if (set !== undefined) cookie = set.split(";")[0] ?? "";
    return answer;
  };

  type Work = (args: ReturnType<typeof sentFrom>) => Promise<unknown>;
  return {
    cookie: () => cookie,
    ask: (work: Work, path: string, form?: Readonly<Record<string, string>> | FormData, params = {}) =>
      work(sentFrom(world, cookie, `http://portal.test${path}`, params, form)).then(keep, keep),
  };
}

type Browser = Awaited<ReturnType<typeof aBrowser>>;

const STEP_UP = { init: { status: 401 }, data: { stepUp: {} } };
const went = (answer: unknown): string => (answer as Response).headers.get("location") ?? "";

/** An admin with a phone, and somebody to whom a role is to be given. */
async function anAdmin(world: World) {
  const admin = await aPerson(world, ADMIN);
  return { admin, phone: await aPhone(world, admin), other: await somebody(world) };
}

const giving = (email: string) => ({ email, role: "auditor", where: "city" });
const give = (browser: Browser, email: string) => browser.ask(people, "/admin/people", giving(email));
const step = (browser: Browser, stepCode: string, way: Readonly<Record<string, string>> = {}) =>
  browser.ask(stepUpAction, "/step-up", { stepCode, ...way });

test("a role is given for two hours after a code; then the form waits for another, comes back as it was typed, and holds once it is sent again", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone, other } = await anAdmin(world);
  const browser = await aBrowser(world, admin.userId);
  world.clock.advance({ minutes: 119 });
  await db.update(sessions).set({ lastSeenAt: world.clock.now() }).where(eq(sessions.userId, admin.userId));
  expect((await give(browser, other.email)) as Response).toMatchObject({ status: 302 });
  world.clock.advance({ minutes: 1 });
  const next = await somebody(world);
  const waits = await give(browser, next.email);
  expect(waits).toMatchObject(STEP_UP);
  const { back, kept } = (waits as { data: { stepUp: { back: string; kept: { sealed: string } } } }).data
    .stepUp;
  expect(back).toBe("/admin/people");
  expect(kept.sealed).not.toContain(next.email);
  const before = browser.cookie();
  const goOn = await step(browser, digitsAt(phone.secret, world.clock.now()), { back, kept: kept.sealed });
  expect(goOn).toMatchObject({
    data: { goOn: { address: "/admin/people", fields: Object.entries(giving(next.email)), files: [] } },
  });
  // Nothing is done by the code alone; and the token of before opens nothing any more.
  expect(await db.select().from(roleGrants).where(eq(roleGrants.userId, next.userId))).toHaveLength(1);
  expect(browser.cookie()).not.toBe(before);
  expect((await contextOf(sentFrom(world, before, "http://portal.test/me"))).actor.kind).toBe("visitor");
  expect((await give(browser, next.email)) as Response).toMatchObject({ status: 302 });
  expect(await db.select().from(roleGrants).where(eq(roleGrants.userId, next.userId))).toHaveLength(2);
});

test("a page or a file that is grave itself leads to the code and back; a button without anything typed too, and nowhere else", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone } = await anAdmin(world);
  const browser = await aBrowser(world, admin.userId, "password");
  expect(went(await browser.ask(myPassword, "/me/password"))).toBe("/step-up?back=%2Fme%2Fpassword");
  expect(
    await browser.ask(people, "/admin/people", { intent: "enable", requestKey: "x", userId: admin.userId }),
  ).toMatchObject(STEP_UP);
  const auditor = await aPerson(world, { role: "auditor", scope: { kind: "city" } });
  await aPhone(world, auditor);
  const theirs = await aBrowser(world, auditor.userId, "password");
  expect(went(await theirs.ask(trailCsv, "/audit/use.csv?day=2026-03-02"))).toBe(
    "/step-up?back=%2Faudit%2Fuse.csv%3Fday%3D2026-03-02",
  );
  expect(await browser.ask(stepUpPage, "/step-up?back=//evil.example")).toMatchObject({ data: { back: "" } });
  expect(
    went(await step(browser, digitsAt(phone.secret, world.clock.now()), { back: "https://evil.example/" })),
  ).toBe("/me");
  // Done in another window meanwhile: no code is asked, and the way goes on.
  expect(went(await browser.ask(stepUpPage, "/step-up?back=/me/password"))).toBe("/me/password");
  expect(went(await step(browser, "000000", { back: "/me/password" }))).toBe("/me/password");
});

test("another session's code says nothing for this one, nor does somebody else's code, nor one that was used; of two windows at once each code counts once", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone, other } = await anAdmin(world);
  const stranger = await aPhone(world, other);
  const [one, two] = [
    await aBrowser(world, admin.userId, "password"),
    await aBrowser(world, admin.userId, "password"),
  ];
  expect(await step(one, digitsAt(stranger.secret, world.clock.now()))).toMatchObject({
    init: { status: 422 },
  });
  const digits = digitsAt(phone.secret, world.clock.now());
  const answers = await Promise.all([step(one, digits), step(two, digits)]);
  expect(answers.filter((answer) => answer instanceof Response)).toHaveLength(1);
  const [up, down] = answers[0] instanceof Response ? [one, two] : [two, one];
  expect(await give(down, other.email)).toMatchObject(STEP_UP);
  expect((await give(up, other.email)) as Response).toMatchObject({ status: 302 });
  expect(await step(down, digits)).toMatchObject({ init: { status: 422 } });
  // A session of somebody else is nobody's to step up.
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, admin.userId));
  await expect(passStepUp(world.as(other), session?.id ?? "", stranger.now())).rejects.toMatchObject({
    code: "STEP_ENDED",
  });
});

test("the fifth wrong code ends the session, however many come at once; right ones count anew; each stands in the trail", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone, other } = await anAdmin(world);
  const browser = await aBrowser(world, admin.userId, "password");
  const third = await aBrowser(world, admin.userId, "password");
  const { sealed } = ((await give(third, other.email)) as { data: { stepUp: { kept: { sealed: string } } } })
    .data.stepUp.kept;
  for (let n = 0; n < 4; n += 1) await step(third, "000000", { kept: sealed });
  // The form goes along over signing in.
  expect(await step(third, "000000", { kept: sealed })).toMatchObject({
    init: { status: 401 },
    data: { signIn: { why: "codes", kept: { sealed } } },
  });
  for (let n = 0; n < 4; n += 1)
    expect(await step(browser, "000000")).toMatchObject({ init: { status: 422 } });
  expect((await step(browser, digitsAt(phone.secret, world.clock.now()))) as Response).toMatchObject({
    status: 302,
  });
  world.clock.advance({ minutes: 10 });
  const second = await aBrowser(world, admin.userId, "password");
  const id =
    makeSessions(db, { secure: false }).idOf(
      sentFrom(world, second.cookie(), "http://portal.test/").request,
    ) ?? "";
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      passStepUp(world.as(admin), id, { kind: "digits", code: "000000" }).catch(codeOf),
    ),
  );
  expect([
    answers.filter((code) => code === "STEP_CODE_WRONG").length,
    answers.filter((code) => code === "STEP_ENDED").length,
  ]).toEqual([4, 4]);
  const ended = await second.ask(people, "/admin/people", giving(other.email));
  expect(ended).toMatchObject({ init: { status: 401 }, data: { signIn: { why: "ended" } } });
  const uses = await db.select().from(portalUses).where(eq(portalUses.actorId, admin.userId));
  const times = (kind: string) =>
    uses
      .filter((use) => use.kind === kind && use.what === "/step-up")
      .reduce((sum, use) => sum + use.times, 0);
  expect([times("sign_in_failed"), times("sign_in")]).toEqual([17, 1]);
  // The other session is not touched.
  expect((await give(browser, other.email)) as Response).toMatchObject({ status: 302 });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("what was typed goes on for nobody else; whoever lost their role meanwhile gets nothing by the code; a recovery code serves as well, once", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone, other } = await anAdmin(world);
  const browser = await aBrowser(world, admin.userId, "password");
  const waits = (await give(browser, other.email)) as { data: { stepUp: { kept: { sealed: string } } } };
  const { sealed } = waits.data.stepUp.kept;
  const theirPhone = await aPhone(world, other);
  const theirs = await aBrowser(world, other.userId, "password");
  expect(went(await step(theirs, digitsAt(theirPhone.secret, world.clock.now()), { kept: sealed }))).toBe(
    "/me",
  );
  await db
    .update(roleGrants)
    .set({ revokedAt: world.clock.now() })
    .where(eq(roleGrants.userId, admin.userId));
  const recovery = phone.codes[0] ?? "";
  expect(await step(browser, recovery, { kept: sealed })).toMatchObject({
    data: { goOn: { address: "/admin/people" } },
  });
  expect(await give(browser, other.email)).toMatchObject({ init: { status: 403 } });
  const again = await aBrowser(world, admin.userId, "password");
  expect(await step(again, recovery)).toMatchObject({ init: { status: 422 } });
});

test("whoever has no second step is not asked, nor the demo's door however long it is; switching it on or taking new codes counts as a code", async ({
  db,
}) => {
  const world = aWorld(db);
  const { admin, phone, other } = await anAdmin(world);
  const fresh = await aPerson(world, ADMIN);
  const without = await aBrowser(world, fresh.userId, "password");
  expect((await give(without, other.email)) as Response).toMatchObject({ status: 302 });
  const door = await aBrowser(world, admin.userId, "demoDoor");
  world.clock.advance({ hours: 9 });
  await db.update(sessions).set({ lastSeenAt: world.clock.now() });
  expect((await give(door, (await somebody(world)).email)) as Response).toMatchObject({ status: 302 });
  const browser = await aBrowser(world, admin.userId, "password");
  expect(
    await browser.ask(mySecondStep, "/me/second-step", {
      intent: "renew",
      stepCode: digitsAt(phone.secret, world.clock.now()),
    }),
  ).toMatchObject({
    data: { recoveryCodes: {} },
  });
  expect((await give(browser, (await somebody(world)).email)) as Response).toMatchObject({ status: 302 });
  expect(await hasSecondStep(db, fresh.userId)).toBe(false);
});

test("a sealed record is opened to no session whose code is old, and nothing of it is written down", async ({
  db,
}) => {
  const world = aWorld(db);
  const householdId = await aHousehold(world);
  const caseworker = await aCaseworker(world);
  const phone = await aPhone(world, caseworker);
  const browser = await aBrowser(world, caseworker.userId, "password");
  const open = () =>
    browser.ask(openedAs, `/households/${householdId}`, { reason: "entitlements" }, { id: householdId });
  expect(await open()).toMatchObject(STEP_UP);
  expect(await db.select().from(recordOpenings).where(eq(recordOpenings.subjectId, householdId))).toEqual([]);
  await step(browser, digitsAt(phone.secret, world.clock.now()));
  expect((await open()) as Response).toMatchObject({ status: 302 });
  expect(
    await db.select().from(recordOpenings).where(eq(recordOpenings.subjectId, householdId)),
  ).toHaveLength(1);
});

test("every grave act is refused to whoever has to show the step, whatever their roles, and to nobody else", async ({
  db,
}) => {
  const world = aWorld(db);
  const admin = await aPerson(world, ADMIN);
  for (const act of Object.keys(GRAVE) as GraveAct[]) {
    expect(() => {
      requireSteppedUp({ actor: { ...admin, mustStepUp: true } }, act);
    }).toThrow("STEP_UP_NEEDED");
    for (const actor of [admin, { kind: "visitor" }, world.system.actor] as const)
      requireSteppedUp({ actor }, act);
  }

  await expect(
    grantRole(world.as({ ...admin, mustStepUp: true }), {
      email: "x@example.org",
      role: "auditor",
      where: { kind: "city" },
    }),
  ).rejects.toMatchObject({
    code: "STEP_UP_NEEDED",
  });
});
