import type { Page } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { runChecks } from "~/domain/checks.server";
import type { UserActor } from "~/domain/kernel/actor";
import { makeSessions } from "~/session/sessions.server";
import { allocations } from "~db/schema/matching";
import { aFreeLot } from "../factories/matching";
import { aPublishedWish } from "../factories/needs";
import { aTeam, GUZHEN, type Team } from "../factories/people";
import { aHouse, type House } from "../support/house";
import { expect, expectNoOverflow, test } from "./support";

const MATCHES = 50;
const MOST_ACTS = 12;
const KINDS = ["bag", "quilt", "wheelchair", "lamp", "stationery"] as const;
/** More than the desk shows on one page. */
const LOTS = 25;

let house: House;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  house = await aHouse();
  await house.startPortal();
});
test.afterAll(async () => {
  await house.end();
});

/** Two towns in which fifty homes wait for one thing each, and half as many boxes in which it lies. */
async function aFullStore(): Promise<Team> {
  const { world } = house;
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const kindOf = (n: number) => KINDS[n % KINDS.length] ?? "bag";
  for (let n = 0; n < LOTS; n += 1)
    await aFreeLot(world, team, { quantity: BigInt(MATCHES / LOTS), objectKind: kindOf(n) });
  for (let n = 0; n < MATCHES; n += 1)
    await aPublishedWish(world, n % 3 === 0 ? elsewhere : team, {
      lines: [{ quantity: 1n, objectKind: kindOf(n) }],
      heads: 100,
    });
  return team;
}

/** The page in the hands of somebody who has just signed in, on the page of their day. */
async function atWork(page: Page, { userId }: UserActor): Promise<void> {
  const sessions = makeSessions(house.world.db, { secure: false });
  const cookie = (await sessions.start(userId, new Date(), "secondStep")).split(";")[0] ?? "";
  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, url: house.url }]);
  await page.goto(`${house.url}/work`);
}

/** How many of two people's matches stand in this state. */
const matchesOf = async ({ operator }: Team, state: "proposed" | "applied"): Promise<number> =>
  (
    await house.world.db
      .select({ id: allocations.id })
      .from(allocations)
      .where(and(eq(allocations.state, state), eq(allocations.proposedBy, operator.userId)))
  ).length;

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
])
  test.describe(`on a screen ${viewport.width} wide`, () => {
    test.use({ viewport });

    test("fifty matches of two people take them twelve acts at the most, from their day of work to the last approval", async ({
      page,
    }) => {
      test.setTimeout(180_000);
      const team = await aFullStore();
      const main = page.getByRole("main");
      let acts = 0;
      const press = async (role: "button" | "link", name: string) => {
        acts += 1;
        await main.getByRole(role, { name, exact: true }).click();
      };

      await atWork(page, team.operator);
      await press("link", "物资匹配");
      const mine = main.getByRole("heading", { name: /^您提出的，等另一位同事/ });
      await expect(main.getByRole("button", { name: "提出打勾的" })).toBeVisible();
      for (let proposed = 0; proposed < MATCHES;) {
        const ticked = await main.getByRole("checkbox", { checked: true }).count();
        expect(ticked).toBeGreaterThan(0);
        await press("button", "提出打勾的");
        proposed += ticked;
        await expect(mine).toContainText(`（${proposed}）`);
      }

      await expect(main.getByText("现在没有可以分配的东西")).toBeVisible();
      await expectNoOverflow(page);
      expect(await matchesOf(team, "proposed")).toBe(MATCHES);

      await atWork(page, team.secondOperator);
      await press("link", "物资匹配");
      await expect(main.getByText(`共 ${MATCHES} 项：`)).toContainText("到 2 个镇街");
      await expect(main.getByRole("checkbox", { checked: true })).toHaveCount(MATCHES);
      await press("button", "同意打勾的");
      await expect(page.getByText(`已同意 ${MATCHES} 项，服务点现在可以装包裹了。`)).toBeVisible();
      await expect(main.getByRole("button", { name: "同意打勾的" })).toHaveCount(0);

      expect(await matchesOf(team, "applied")).toBe(MATCHES);
      expect(await matchesOf(team, "proposed")).toBe(0);
      expect((await runChecks(house.world.db)).flatMap((check) => check.wrong)).toEqual([]);
      expect(acts).toBeLessThanOrEqual(MOST_ACTS);
    });
  });
