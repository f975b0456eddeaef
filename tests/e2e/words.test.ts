import { fillIn, formWith, send } from "./steps/forms";
import { draftWish, publishWish, startRedacting, submitWish, verifyWish } from "./steps/wish";
import { expect, expectNoBarriers, test } from "./support";

const SEALED = { name: "甄国演", phone: "19900006161", address: "中山市石岐街道演示东路六十一号" };
/** What is written, and what of it must stand in the refusal. */
const REFUSED = [
  ["请打１９９００００６１６１。", "１９９００００６１６１"],
  ["请打一九九 零零零零 六一六一。", "一九九 零零零零 六一六一"],
  ["甄國演想要一个书包。", "甄國演"],
  ["甄\u200b国\u200b演想要一个书包。", "甄\u200b国\u200b演"],
  ["国演同学想要一个书包。", "国演同学"],
  ["写信到 someone＠example．org。", "someone＠example．org"],
  ["加微信 zhen_guoyan。", "微信 zhen_guoyan"],
  ["家住演示东路６１号。", "演示东路６１号"],
] as const;

test("words that point to somebody are not published in any spelling, and what does is named; without them the wish goes", async ({
  page,
}) => {
  const code = await draftWish(page, "", {
    "household.kind": "household",
    "household.heads": "1",
    "household.person.name": SEALED.name,
    "household.person.phone": SEALED.phone,
    "household.person.address": SEALED.address,
    title: "想要书包",
    story: "书包的拉链坏了。",
    "lines[0].objectKind": "bag",
    "lines[0].item": "双肩书包",
    "lines[0].quantity": "1",
    "lines[0].unitPriceFen": "120",
  });
  await submitWish(page);
  await verifyWish(page, "", code);
  const form = await startRedacting(page, "", code);
  for (const [story, named] of REFUSED) {
    await fillIn(form, { story, acceptSoft: "yes" });
    await send(form);
    await expect(page.locator("[role=alert]:not(#done)"), story).toContainText(named);
    await expect(form.locator("[name=story]")).toHaveValue(story);
  }

  await expectNoBarriers(page);
  // Nor does what is on record become a pseudonym.
  for (const pseudonym of ["甄國演", "国演"]) {
    await fillIn(form, { story: "书包的拉链坏了。", pseudonym });
    await send(form);
    await expect(page.locator("[role=alert]:not(#done)")).toContainText(`“${pseudonym}”`);
  }

  await fillIn(formWith(page, "acceptSoft"), { pseudonym: "小光" });
  await publishWish(page, { title: "想要书包", story: "小光的书包拉链坏了，盼着换一个。" });
  await page.goto(`/wishes/${code}`);
  await expect(page.getByRole("main")).toContainText("盼着换一个");
});
