import { expect } from "vitest";
import { hearFeedback, moderateFeedback, storedFeedback } from "~/domain/delivery/feedback.server";
import { valuesPage } from "~/domain/lists/desk/itemQueries.server";
import { emptyProposal, latestProposal, proposeValue } from "~/domain/lists/desk/proposeValue.server";
import { ProposeValueInput } from "~/domain/lists/desk/valueSchemas";
import { seenNeed } from "~/domain/needs/need.server";
import { storedPublicWords } from "~/domain/needs/publicWords.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { handedOver } from "../../factories/delivery";
import { aSubmittedWish } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

const MEANWHILE = { code: "CHANGED_MEANWHILE" };
const words = { title: "新学期的书包", story: "书包的拉链坏了很久。", acceptSoft: "yes" as const };

test("nobody says a word on a need that went back and came again since they opened it: verified, declined and published is what was read", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId } = await aSubmittedWish(world, team);
  const reviewer = world.as(team.reviewer);
  const seenBy = async () => seenNeed((await staffNeed(reviewer, needId)).need);
  const early = await seenBy();
  await declineNeed(reviewer, needId, "return", "unclear_item", early);
  world.clock.advance({ minutes: 5 });
  await submitNeed(world.as(team.caseworker), needId, { judged: "different", gapReason: "not_covered" });
  await expect(verifyNeed(reviewer, needId, { seen: early })).rejects.toMatchObject(MEANWHILE);
  await expect(declineNeed(reviewer, needId, "return", "unclear_item", early)).rejects.toMatchObject(
    MEANWHILE,
  );
  const submitted = await seenBy();
  await verifyNeed(reviewer, needId, { seen: submitted });

  const operator = world.as(team.operator);
  await expect(publishNeed(operator, needId, { ...words, version: submitted })).rejects.toMatchObject(
    MEANWHILE,
  );
  const opened = await storedPublicWords(operator, needId);
  const both = await Promise.allSettled([
    publishNeed(operator, needId, { ...words, version: opened.opened }),
    publishNeed(world.as(team.secondOperator), needId, {
      ...words,
      title: "一个大书包",
      version: opened.opened,
    }),
  ]);
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  await expect(
    publishNeed(world.as(team.secondOperator), needId, { ...words, version: opened.opened }),
  ).rejects.toMatchObject(MEANWHILE);
  // Who came second is shown what the first one published.
  expect((await storedPublicWords(operator, needId)).values.story).toBe(words.story);
});

test("of two who deal with the same feedback the second is shown what the first one passed on", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { deliveryId } = await handedOver(world, team);
  const { feedbackId } = await hearFeedback(world.as(team.colleague), {
    deliveryId,
    rating: 5,
    words: "很好用",
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  const { opened } = await storedFeedback(world.as(team.operator), feedbackId);
  await moderateFeedback(world.as(team.operator), feedbackId, "很好用。", opened);
  await expect(
    moderateFeedback(world.as(team.secondOperator), feedbackId, undefined, opened),
  ).rejects.toMatchObject(MEANWHILE);
  expect((await storedFeedback(world.as(team.secondOperator), feedbackId)).values).toEqual({
    publicWords: "很好用。",
  });
});

test("of two who propose a value at once one sees the other's first, and then proposes knowingly", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const [one, two] = [world.as(team.operator), world.as(team.secondOperator)];
  const proposal = (value: string) =>
    ProposeValueInput.parse({
      code: "dibao_standard_fen",
      value,
      validFrom: "2026-07-01",
      source: "演示通知第 1 号",
      requestKey: world.system.newId(),
    });
  const { opened: version } = await emptyProposal(one, "dibao_standard_fen");
  const [first, second] = [proposal("1,260"), proposal("1,300")];
  const both = await Promise.allSettled([
    proposeValue(one, { ...first, version }),
    proposeValue(two, { ...second, version }),
  ]);
  expect(both.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: MEANWHILE });
  const won = both[0].status === "fulfilled" ? first : second;
  const [late, by] = won === first ? [second, two] : [first, one];
  const seen = await latestProposal(by, "dibao_standard_fen");
  expect(seen.values).toMatchObject({
    value: won === first ? "1260.00" : "1300.00",
    validFrom: "2026-07-01",
  });
  await proposeValue(by, { ...late, version: seen.opened });
  // Sent twice it is one proposal still, whatever was proposed since.
  await proposeValue(won === first ? one : two, { ...won, version });
  expect(
    (await valuesPage(one))
      .find(({ code }) => code === "dibao_standard_fen")
      ?.history.filter(({ state }) => state === "proposed"),
  ).toHaveLength(2);
});
