import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { hearFeedback } from "~/domain/delivery/feedback.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { feedbackQueue } from "~/domain/delivery/visitQueries.server";
import { withdrawOrganisationNeed } from "~/domain/ending/withdrawNeed.server";
import type { UserActor } from "~/domain/kernel/actor";
import { hasWrittenOn } from "~/domain/needs/authors.server";
import { draftOrganisationNeed, submitOrganisationNeed } from "~/domain/needs/draftOrganisationNeed.server";
import {
  editableOrganisations,
  organisationHome,
  organisationNeedPage,
  organisationNeedValues,
} from "~/domain/needs/organisationNeedQueries.server";
import { OrganisationNeedInput } from "~/domain/needs/organisationNeedSchemas";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import { recordPurchase } from "~/domain/payments/purchases.server";
import { financeHome } from "~/domain/payments/queries.server";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { decideEntry } from "~/domain/register/decideEntry.server";
import { enterBody } from "~/domain/register/enterBody.server";
import { giftPage } from "~/domain/trace/giftPage.server";
import { violatedConstraint } from "~db/client";
import { needLines, needs } from "~db/schema/needs";
import { registrations } from "~db/schema/organisations";
import { financeTasks } from "~db/schema/payments";
import { aHandover, inStore, onTheWay } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { saveOrganisationNeed } from "../../factories/needs";
import {
  anOrganisation,
  anOrganisationNeed,
  aPublishedOrganisationNeed,
} from "../../factories/organisationNeeds";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { aBody, keepers, waitingOf } from "../../factories/register";
import { aBookkeeper, lastEvent, paying, started, test } from "../../support/payments";

test("only editors and managers of the organisation write its needs; viewers read; to strangers it does not exist", async ({
  world,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const [editor, manager, viewer, stranger] = [
    await member("org_editor"),
    await member("org_manager"),
    await member("org_viewer"),
    await member("org_manager", world.system.newId()),
  ];
  const input = anOrganisationNeed(world, organisation.id);
  const { needId } = await draftOrganisationNeed(world.as(editor), input);
  expect(await draftOrganisationNeed(world.as(editor), input)).toMatchObject({ needId });
  for (const person of [viewer, stranger, await aDonor(world), (await aTeam(world)).operator])
    await expect(
      draftOrganisationNeed(world.as(person), anOrganisationNeed(world, organisation.id)),
    ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(
    draftOrganisationNeed(world.as({ kind: "visitor" }), anOrganisationNeed(world, organisation.id)),
  ).rejects.toMatchObject({ code: "SIGN_IN_NEEDED" });
  await saveOrganisationNeed(
    world.as(manager),
    needId,
    anOrganisationNeed(world, organisation.id, { title: "换一个题目" }),
  );
  expect((await organisationNeedPage(world.as(viewer), needId)).words?.title).toBe("换一个题目");
  expect((await organisationNeedValues(world.as(editor), needId)).values).toMatchObject({
    title: "换一个题目",
    moneyFen: "3000.00",
    "lines[0].item": "工具包",
  });
  for (const act of [
    (who: UserActor) =>
      saveOrganisationNeed(world.as(who), needId, anOrganisationNeed(world, organisation.id)),
    (who: UserActor) => submitOrganisationNeed(world.as(who), needId),
    (who: UserActor) => withdrawOrganisationNeed(world.as(who), needId, "plan_changed"),
  ]) {
    await expect(act(viewer)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    await expect(act(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }

  await expect(organisationNeedPage(world.as(stranger), needId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(organisationNeedValues(world.as(viewer), needId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await organisationHome(world.as(stranger))).needs).toEqual([]);
  expect((await organisationHome(world.as(viewer))).needs.map((row) => row.id)).toContain(needId);
});

test("the form of a need offers the organisations of which somebody may write one, and no other; who may write for none has no such form", async ({
  world,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const both = await keepers(world);
  const register = async () => {
    const { bodyId } = await enterBody(both.one, aBody(world, "organisation"));
    await decideEntry(both.two, await waitingOf(both.two, bodyId, "registration"), "approve");
    return bodyId;
  };

  const [managed, read] = [await register(), await register()];
  const names = async (who: UserActor) =>
    (await editableOrganisations(world.as(who))).map(({ id }) => id).sort();
  expect(await names(await member("org_editor"))).toEqual([organisation.id]);
  expect(await names(await member("org_manager"))).toEqual([organisation.id]);
  // Of the three: an editor of one, a manager of another, and a reader of the third.
  const place = (id: string) => ({ kind: "organisation", id }) as const;
  const many = await aPerson(
    world,
    { role: "org_editor", scope: place(organisation.id) },
    { role: "org_manager", scope: place(managed) },
    { role: "org_viewer", scope: place(read) },
  );
  expect(await names(many)).toEqual([organisation.id, managed].sort());
  for (const who of [await member("org_viewer"), await aDonor(world), (await aTeam(world)).operator])
    await expect(editableOrganisations(world.as(who))).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await expect(editableOrganisations(world.as({ kind: "visitor" }))).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
});

test("whoever changed or sent an organisation's need is one of its authors: they neither check, refuse nor publish it, whatever they hold", async ({
  world,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const team = await aTeam(world);
  const place = { kind: "organisation", id: organisation.id } as const;
  const both = () =>
    aPerson(world, { role: "org_editor", scope: place }, { role: "operator", scope: { kind: "city" } });
  const [editor, changed, sent, onlyLooked] = [
    await member("org_editor"),
    await both(),
    await both(),
    await both(),
  ];
  const { needId } = await draftOrganisationNeed(
    world.as(editor),
    anOrganisationNeed(world, organisation.id),
  );
  await saveOrganisationNeed(
    world.as(changed),
    needId,
    anOrganisationNeed(world, organisation.id, { title: "换一个题目" }),
  );
  await submitOrganisationNeed(world.as(sent), needId);
  const words = { title: "装扶手", story: "为独居老人各装一副扶手。" };
  for (const author of [changed, sent]) {
    await expect(verifyNeed(world.as(author), needId)).rejects.toMatchObject({ code: "FOUR_EYES" });
    await expect(declineNeed(world.as(author), needId, "return", "unclear_item")).rejects.toMatchObject({
      code: "FOUR_EYES",
    });
  }

  await verifyNeed(world.as(team.operator), needId);
  for (const author of [changed, sent])
    await expect(publishNeed(world.as(author), needId, words)).rejects.toMatchObject({ code: "FOUR_EYES" });
  for (const author of [editor, changed, sent])
    expect(await hasWrittenOn(db, [needId], author.userId)).toBe(true);
  expect(await hasWrittenOn(db, [needId], onlyLooked.userId)).toBe(false);
  await publishNeed(world.as(onlyLooked), needId, words);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  // What no use case would do is found at night.
  await db.update(needs).set({ publishedBy: changed.userId }).where(eq(needs.id, needId));
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([
    expect.stringContaining("was decided by one who wrote on it"),
  ]);
  await db.update(needs).set({ publishedBy: onlyLooked.userId }).where(eq(needs.id, needId));
});

test("one operator checks certificate and budget, another publishes: never the same, by code and by SQL", async ({
  world,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const team = await aTeam(world);
  const editor = await member("org_editor");
  const { needId } = await draftOrganisationNeed(
    world.as(editor),
    anOrganisationNeed(world, organisation.id),
  );
  await submitOrganisationNeed(world.as(editor), needId);
  await expect(
    saveOrganisationNeed(world.as(editor), needId, anOrganisationNeed(world, organisation.id)),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  for (const person of [team.reviewer, team.caseworker, editor])
    await expect(verifyNeed(world.as(person), needId)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await verifyNeed(world.as(team.operator), needId);
  const words = { title: "装扶手", story: "为独居老人各装一副扶手。" };
  await expect(publishNeed(world.as(team.operator), needId, words)).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  const bySql: unknown = await db
    .update(needs)
    .set({ publishedBy: team.operator.userId })
    .where(eq(needs.id, needId))
    .catch((error: unknown) => error);
  expect(violatedConstraint(bySql)).toBe("need_six_eyes");
  await publishNeed(world.as(team.secondOperator), needId, words);
  expect((await organisationNeedPage(world.as(editor), needId)).steps.map((step) => step.event)).toEqual([
    "need.draft",
    "need.submit",
    "need.verify",
    "need.publish",
  ]);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("on a day on which the certificate is not in force nothing is sent in, verified or published", async ({
  world,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const team = await aTeam(world);
  const editor = await member("org_editor");
  const { needId } = await draftOrganisationNeed(
    world.as(editor),
    anOrganisationNeed(world, organisation.id),
  );
  const certificateTo = (validTo: Date) =>
    db.update(registrations).set({ validTo }).where(eq(registrations.organisationId, organisation.id));
  const inForce = new Date("2099-01-01");
  const refused = { code: "CERTIFICATE_EXPIRED" };
  await certificateTo(world.clock.now());
  await expect(submitOrganisationNeed(world.as(editor), needId)).rejects.toMatchObject(refused);
  await certificateTo(inForce);
  await submitOrganisationNeed(world.as(editor), needId);
  await certificateTo(world.clock.now());
  await expect(verifyNeed(world.as(team.operator), needId)).rejects.toMatchObject(refused);
  await certificateTo(inForce);
  await verifyNeed(world.as(team.operator), needId);
  await certificateTo(world.clock.now());
  await expect(
    publishNeed(world.as(team.secondOperator), needId, {
      title: "装扶手",
      story: "为独居老人各装一副扶手。",
    }),
  ).rejects.toMatchObject(refused);
  await certificateTo(inForce);
  await declineNeed(world.as(team.operator), needId, "return", "unclear_item");
  await saveOrganisationNeed(
    world.as(editor),
    needId,
    anOrganisationNeed(world, organisation.id, { moneyFen: "2800" }),
  );
  expect((await organisationNeedPage(world.as(editor), needId)).lines[0]?.requested).toBe(280_000n);
});

test("twenty donors race for the last yuan of a money line: never a fen too much; what is paid stays available and is never bought with", async ({
  world,
  desk,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const { money } = await aPublishedOrganisationNeed(world, await member("org_editor"), organisation.id, {
    moneyFen: "100",
    lines: [],
  });
  const donors = await Promise.all(Array.from({ length: 20 }, () => aDonor(world)));
  const outcomes = await Promise.allSettled(
    donors.map((donor) => startCheckout(world.as(donor), paying(world, money.id, 3_000n, "fen"))),
  );
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(3);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "NOT_ENOUGH_LEFT" });
  const rest = await started(world, await aDonor(world), money.id, 1_000n, "fen");
  await desk.pay(rest.sessionId);
  await handleStripeEvent(world.system, await lastEvent(world, desk));
  const [line] = await db.select().from(needLines).where(eq(needLines.id, money.id));
  expect([line?.open, line?.held, line?.pledged]).toEqual([0n, 9_000n, 1_000n]);
  const finance = world.as(await aBookkeeper(world, rest.checkout.charityId));
  expect((await financeHome(finance)).toBuy.map((row) => row.pledge.id)).not.toContain(rest.pledge.id);
  const bought = {
    pledgeId: rest.pledge.id,
    quantity: 1n,
    supplier: "演示",
    voucherNumber: "V-1",
    boughtOn: world.clock.now(),
    amountFen: 1n,
    requestKey: world.system.newId(),
  };
  await expect(recordPurchase(finance, bought)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("story: things are given to an organisation and handed over against a signed list or secret; taken back, what was paid is finance's task", async ({
  world,
  desk,
  db,
}) => {
  const { organisation, member } = await anOrganisation(world);
  const editor = await member("org_editor");
  const { team, needId, money, thing } = await aPublishedOrganisationNeed(world, editor, organisation.id);
  const donor = await aDonor(world);
  const gift = await aConfirmedGift(world, donor, thing?.id ?? "", 2n);
  await inStore(world, team, gift.pledge.id, 1n);
  const { deliveryId } = await onTheWay(world, team, needId);
  const secret = await showSecret(world.as(team.operator), deliveryId);
  await confirmHandover(
    world.as(team.courier),
    deliveryId,
    aHandover(world, { proof: "secret", secret: secret.digits, receiver: "institution" }),
  );
  // What is said of it is sealed although there is no household, and is not lost.
  await hearFeedback(world.as(team.colleague), {
    deliveryId,
    rating: 4,
    words: "装得很稳。",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  expect((await feedbackQueue(world.as(team.operator))).rows.map((row) => row.words)).toEqual(["装得很稳。"]);
  const page = await giftPage(world.as(donor), gift.giftCode);
  expect(page.timeline.map((step) => step.event)).toContain("delivery_item.hand_over");
  const paid = await started(world, donor, money.id, 5_000n, "fen");
  await desk.pay(paid.sessionId);
  await handleStripeEvent(world.system, await lastEvent(world, desk));
  const way = (await giftPage(world.as(donor), paid.giftCode)).timeline;
  expect(way.map((step) => [step.event, step.quantity])).toContainEqual(["pledge.pay", null]);
  await withdrawOrganisationNeed(world.as(editor), needId, "plan_changed");
  const tasks = await db
    .select()
    .from(financeTasks)
    .where(and(eq(financeTasks.kind, "target_gone"), eq(financeTasks.pledgeId, paid.pledge.id)));
  expect(tasks).toHaveLength(1);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("rows of the form that stay empty count for nothing; one in between is asked for", () => {
  const base = {
    organisationId: "01a00000-0000-7000-8000-000000000000",
    townCode: SHIQI,
    title: "题",
    story: "话",
    moneyFor: "工",
    moneyFen: "10",
    requestKey: "01a00000-0000-7000-8000-000000000001",
  };
  const empty = { unitCode: "piece" };
  const bag = { objectKind: "bag", item: "书包", quantity: "1", unitCode: "piece", unitPriceFen: "10" };
  expect(OrganisationNeedInput.parse({ ...base, lines: [bag, empty, empty] }).lines).toHaveLength(1);
  expect(OrganisationNeedInput.parse({ ...base, lines: [empty] }).lines).toEqual([]);
  expect(
    OrganisationNeedInput.safeParse({ ...base, lines: [empty, bag] }).error?.issues.map(
      (issue) => issue.path[1],
    ),
  ).toContain(0);
  expect(OrganisationNeedInput.safeParse({ ...base, moneyFen: "0" }).success).toBe(false);
});
