import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { draftWish } from "~/domain/needs/draftWish.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { approveOverCap, declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { violatedConstraint } from "~db/client";
import { households } from "~db/schema/households";
import { needs, publicNeeds } from "~db/schema/needs";
import { aPublishedWish, aSubmittedWish, aVerifiedWish, aWishInput, saveDraft } from "../../factories/needs";
import { aPerson, aTeam, GUZHEN, SHIQI } from "../../factories/people";
import { withdrawConsentOf } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const inShiqi = (role: "caseworker" | "town_reviewer") => ({
  role,
  scope: { kind: "town", id: SHIQI } as const,
});
const inCity = { role: "operator", scope: { kind: "city" } as const } as const;
const words = { title: "新学期的书包", story: "书包的拉链坏了，盼着换一个。" };

test("nobody verifies what they filed, nor publishes what they filed or verified, whatever roles they hold", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const everything = await aPerson(world, inShiqi("caseworker"), inShiqi("town_reviewer"), inCity);
  const alone = world.as(everything);
  const { needId } = await draftWish(alone, aWishInput(world));
  await submitNeed(alone, needId, { judged: "different", gapReason: "not_covered" });
  await expect(verifyNeed(alone, needId)).rejects.toMatchObject({ code: "FOUR_EYES" });
  await verifyNeed(world.as(team.reviewer), needId);
  await expect(publishNeed(alone, needId, words)).rejects.toMatchObject({ code: "FOUR_EYES" });

  const other = await aSubmittedWish(world, team);
  await verifyNeed(alone, other.needId);
  await expect(publishNeed(alone, other.needId, words)).rejects.toMatchObject({ code: "FOUR_EYES" });
});

test("not even SQL puts one person into two of the three places", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aVerifiedWish(world, team);
  for (const wrong of [
    { verifiedBy: team.caseworker.userId },
    { publishedBy: team.caseworker.userId },
    { publishedBy: team.reviewer.userId },
  ]) {
    const refused: unknown = await db
      .update(needs)
      .set(wrong)
      .where(eq(needs.id, needId))
      .catch((error: unknown) => error);
    expect(violatedConstraint(refused)).toMatch(/^need_(four|six)_eyes$/);
  }
});

test("staff of another town cannot file, verify or see here", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const stranger = await aTeam(world, GUZHEN);
  await expect(draftWish(world.as(stranger.caseworker), aWishInput(world))).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
  const { needId } = await aSubmittedWish(world, team);
  await expect(verifyNeed(world.as(stranger.reviewer), needId)).rejects.toMatchObject({
    code: "NOT_ALLOWED",
  });
});

test("charity comes after entitlement, and only with the three consents", async ({ db }) => {
  const world = aWorld(db);
  const filer = world.as((await aTeam(world)).caseworker);
  const unchecked = await draftWish(filer, { ...aWishInput(world), entitlementsChecked: undefined });
  await expect(
    submitNeed(filer, unchecked.needId, { judged: "different", gapReason: "not_covered" }),
  ).rejects.toMatchObject({ code: "ENTITLEMENTS_FIRST" });
  const silent = await draftWish(filer, {
    ...aWishInput(world),
    consents: { scopes: ["collect", "share"], givenBy: "self" },
  });
  await expect(
    submitNeed(filer, silent.needId, { judged: "different", gapReason: "not_covered" }),
  ).rejects.toMatchObject({ code: "CONSENT_MISSING" });
});

test("at the cap a wish goes on; one fen over it needs a reason and a third person", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const at = await aVerifiedWish(world, team, { heads: 1, lines: [{ quantity: 1n, unitPriceFen: 50_000n }] });
  await publishNeed(world.as(team.operator), at.needId, words);
  const over = { heads: 1, lines: [{ quantity: 1n, unitPriceFen: 50_001n }] };
  await expect(aSubmittedWish(world, team, over)).rejects.toMatchObject({ code: "OVER_CAP_REASON_NEEDED" });
  const reasoned = await aSubmittedWish(world, team, { ...over, overCapReason: "safety" });
  await verifyNeed(world.as(team.reviewer), reasoned.needId);
  await expect(publishNeed(world.as(team.operator), reasoned.needId, words)).rejects.toMatchObject({
    code: "OVER_CAP_UNAPPROVED",
  });
  await approveOverCap(world.as(team.secondOperator), reasoned.needId);
  await publishNeed(world.as(team.operator), reasoned.needId, words);
});

test("the reason for more than the cap may be chosen as the wish is submitted, and is kept with it; under the cap none is kept", async ({
  db,
}) => {
  const world = aWorld(db);
  const filer = world.as((await aTeam(world)).caseworker);
  const reasonOf = async (unitPriceFen: bigint) => {
    const wish = aWishInput(world, { heads: 1 });
    const { needId } = await draftWish(filer, {
      ...wish,
      lines: wish.lines.map((line) => ({ ...line, quantity: 1n, unitPriceFen })),
    });
    await submitNeed(filer, needId, {
      judged: "different",
      gapReason: "not_covered",
      overCapReason: "medical",
    });
    const [need] = await db.select({ reason: needs.overCapReason }).from(needs).where(eq(needs.id, needId));
    return need?.reason;
  };

  expect(await reasonOf(50_001n)).toBe("medical");
  expect(await reasonOf(50_000n)).toBe(null);
});

test("whoever filed or verified a wish over the cap does not agree to it; the operator who did may publish it, since three people saw it then", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const everything = world.as(await aPerson(world, inShiqi("caseworker"), inShiqi("town_reviewer"), inCity));
  const over = {
    heads: 1,
    lines: [{ quantity: 1n, unitPriceFen: 50_001n }],
    overCapReason: "safety" as const,
  };
  const filed = await draftWish(everything, aWishInput(world, over));
  await submitNeed(everything, filed.needId, { judged: "different", gapReason: "not_covered" });
  await verifyNeed(world.as(team.reviewer), filed.needId);
  const verified = await aSubmittedWish(world, team, over);
  await verifyNeed(everything, verified.needId);
  for (const { needId } of [filed, verified]) {
    await expect(approveOverCap(everything, needId)).rejects.toMatchObject({ code: "FOUR_EYES" });
    await approveOverCap(world.as(team.operator), needId);
    await publishNeed(world.as(team.operator), needId, words);
  }
});

test("two wishes of one person published at once cannot both slip under the cap", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const person = { name: "甄演示同一人", phone: "19900009999" };
  const half = () => {
    const input = aWishInput(world, { heads: 1, lines: [{ quantity: 1n, unitPriceFen: 30_000n }] });
    return {
      heads: 1,
      lines: [{ quantity: 1n, unitPriceFen: 30_000n }],
      household: { ...input.household, heads: 1, person },
    };
  };

  const [one, two] = [await aVerifiedWish(world, team, half()), await aVerifiedWish(world, team, half())];
  const outcomes = await Promise.allSettled([
    publishNeed(world.as(team.operator), one.needId, words),
    publishNeed(world.as(team.secondOperator), two.needId, words),
  ]);
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
});

test("words that point to the person are not published: neither their name nor any number, and soft hits only when stood by", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const input = aWishInput(world);
  const { needId } = await aVerifiedWish(world, team, {
    household: { ...input.household, person: { name: "甄演文", school: "演示第一小学" } },
  });
  const publish = (story: string, acceptSoft?: "yes") =>
    publishNeed(world.as(team.operator), needId, {
      title: "书包",
      story,
      ...(acceptSoft ? { acceptSoft } : {}),
    });
  for (const story of [
    "甄演文想要书包。",
    "在演示第一小学读书。",
    "请打 138 0000 1111。",
    "住福村三巷12号。",
  ])
    await expect(publish(story, "yes"), story).rejects.toMatchObject({ code: "PUBLISH_GUARD" });
  await expect(publish("李婆婆的孙子想要书包。")).rejects.toMatchObject({ code: "PUBLISH_GUARD" });
  await publish("李婆婆的孙子想要书包。", "yes");
});

test("the guard reads the things' names and details too, which donors are shown: such a wish goes back to its town and comes again without them", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const household = {
    ...aWishInput(world).household,
    person: { name: "甄演武", phone: "19900007001", address: "中山市演示南路8号" },
  };
  const plain = { title: "书包", story: "想要书包。" };
  for (const line of [
    { item: "甄演武的书包" },
    { details: "放学打 １９９ ００００ ７００１" },
    { details: "送到演示南路八号" },
  ]) {
    const { needId } = await aVerifiedWish(world, team, { household, lines: [line] });
    const quoted = Object.values(line)[0]?.replace(/^放学打 |^送到|的书包$/, "");
    await expect(
      publishNeed(world.as(team.operator), needId, { ...plain, acceptSoft: "yes" }),
      quoted,
    ).rejects.toMatchObject({
      code: "PUBLISH_GUARD",
      params: { found: expect.stringContaining(quoted ?? "") as string },
    });
    await declineNeed(world.as(team.operator), needId, "return", "points_to_somebody");
    await saveDraft(
      world.as(team.caseworker),
      needId,
      aWishInput(world, { household, lines: [{ details: "蓝色" }] }),
    );
    await submitNeed(world.as(team.caseworker), needId, { judged: "different", gapReason: "not_covered" });
    await verifyNeed(world.as(team.reviewer), needId);
    await publishNeed(world.as(team.operator), needId, plain);
  }
});

test("withdrawing consent takes the wish off the public pages in the same transaction", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aPublishedWish(world, team);
  const [need] = await db.select({ householdId: needs.householdId }).from(needs).where(eq(needs.id, needId));
  await withdrawConsentOf(world, team, need?.householdId ?? "");
  expect(await db.select().from(publicNeeds).where(eq(publicNeeds.needId, needId))).toEqual([]);
  const [after] = await db.select({ state: needs.state }).from(needs).where(eq(needs.id, needId));
  expect(after?.state).toBe("withdrawn");
});

test("what a household told us cannot be read from the database, nor found by an equal name", async ({
  db,
}) => {
  const world = aWorld(db);
  const { needId } = await aSubmittedWish(world, await aTeam(world), {
    household: {
      ...aWishInput(world).household,
      person: { name: "甄密封", phone: "19900008888", illness: "演示病情" },
    },
  });
  const [need] = await db.select().from(needs).where(eq(needs.id, needId));
  const [row] = await db
    .select()
    .from(households)
    .where(eq(households.id, need?.householdId ?? ""));
  const stored = JSON.stringify([need, row]);
  for (const secret of ["甄密封", "19900008888", "演示病情", "新学期的书包"])
    expect(stored).not.toContain(secret);
});
