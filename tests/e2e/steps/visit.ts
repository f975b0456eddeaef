import type { Locator, Page } from "@playwright/test";
import { formWith, linkTo } from "./forms";
import { draftWish } from "./wish";

/** The sheet of a household that was only registered so far, with its record open. */
export async function openNewHome(page: Page, name: string): Promise<Locator> {
  await draftWish(page, "", {
    "household.groupCode": "chronic_illness",
    "household.ageBand": "60_to_79",
    "household.person.name": name,
    title: "一床厚被子",
    story: "两位老人，冬天睡得冷。",
    "lines[0].objectKind": "quilt",
    "lines[0].item": "被子",
    "lines[0].quantity": "1",
    "lines[0].unitPriceFen": "200",
    "consents.givenBy": "self",
  });
  await page.locator('main a[href*="/households/"]').last().click();
  await linkTo(page, "/sheet").click();
  await page.locator('button[name="intent"][value="open"]').click();
  return formWith(page, "membersComplete");
}
