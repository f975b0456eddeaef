import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { decideEntry } from "~/domain/register/decideEntry.server";
import { enterBody } from "~/domain/register/enterBody.server";
import { enterEntry } from "~/domain/register/enterEntry.server";
import { bodyPage, registerHome } from "~/domain/register/queries.server";
import { EnterBodyInput, ENTRY_FORMS } from "~/domain/register/schemas";
import type { Database } from "~db/client";
import { fundraisingCertificates, programmes, registrations } from "~db/schema/organisations";
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
