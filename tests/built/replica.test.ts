import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { readSettings } from "~/settings.server";
import { aPledgeOf } from "../factories/giving";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { startBuiltPortal } from "../support/builtPortal";
import { aHouse, type House, until } from "../support/house";
import { startSettings } from "../support/startSettings";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

/** What everybody may read without a name, and what is made for other sites. */
const PUBLIC = [
  "/",
  "/wishes",
  "/wishes?q=书包&sort=newest",
  "/help-me",
  "/lists/government",
  "/lists/social?q=午饭",
  "/lists/government/ZS001",
  "/points",
  "/open",
  "/accessibility",
  "/elder",
  "/api/hsds/services",
  "/api/hsds/organizations?format=ndjson",
  "/api/hsds/taxonomies",
];
const UNITS = 40n;

const aWishOf = async ({ world }: House) => {
  const team = await aTeam(world);
  return {
    team,
    ...(await aPublishedWish(world, team, {
      heads: 50,
      lines: [{ quantity: UNITS, unitPriceFen: 1_000n }],
    })),
  };
};

test("every public page is read from a server that can write nothing", async () => {
  const house = await aHouse();
  ending.push(house.end);
  const { code } = await aWishOf(house);
  const replica = await house.startReplica();
  const portal = await startBuiltPortal(
    readSettings(startSettings({ databaseUrl: replica.appUrl, ownerUrl: replica.ownerUrl })),
    new Date(),
  );
  ending.push(portal.close);
  await until(async () => (await portal.ask(`/wishes/${code}`)).status === 200, "the wish, on the replica");
  for (const path of PUBLIC) {
    const answer = await portal.ask(path);
    expect([path, answer.status]).toEqual([path, 200]);
    await answer.text();
  }
});

test("public pages come from the replica but never what was taken down; without it they come from the database itself", async () => {
  const house = await aHouse();
  ending.push(house.end);
  const { world } = house;
  const [kept, gone] = [await aWishOf(house), await aWishOf(house)];
  let follower = await house.startReplica();
  const onFollower = async (statement: string) => {
    const sql = postgres(follower.superuserUrl, { max: 1, fetch_types: false });
    await sql.unsafe(statement);
    await sql.end();
  };

  await house.startPortal();
  const followsAs = async (state: string) => {
    const { replica } = (await (await fetch(`${house.url}/healthz?verbose`)).json()) as {
      replica?: { state: string };
    };
    return replica?.state === state;
  };

  // Each question is another address, so that no page is one that was kept.
  let asked = 0;
  const ask = (path: string) =>
    fetch(`${house.url}${path}${path.includes("?") ? "&" : "?"}x=${(asked += 1)}`);
  const openUnits = async () => {
    const page = await ask(`/wishes/${kept.code}`);
    expect(page.status).toBe(200);
    return Number(/max="(\d+)"/.exec(await page.text())?.[1]);
  };

  /** What no version counts moves on, unseen by the replica: a page from there says the number of before. */
  const isReadThere = async () => {
    await onFollower("select pg_wal_replay_resume()");
    await until(() => followsAs("near"), "a replica that is near");
    await onFollower("select pg_wal_replay_pause()");
    const before = await openUnits();
    await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, kept.line.id));
    return (await openUnits()) === before;
  };

  expect(await isReadThere()).toBe(true);
  expect((await ask(`/wishes/${gone.code}`)).status).toBe(200);
  expect(await (await ask(`/wishes?q=${gone.code}`)).text()).toContain(`/wishes/${gone.code}"`);
  const late = await openUnits();
  await withdrawNeed(world.as(gone.team.caseworker), gone.needId, "moved");
  expect((await ask(`/wishes/${gone.code}`)).status).toBe(410);
  expect(await (await ask(`/wishes?q=${gone.code}`)).text()).not.toContain(`/wishes/${gone.code}"`);
  expect(await openUnits()).toBe(late - 1);

  await until(isReadThere, "pages from the replica again");

  await house.killReplica();
  for (let times = 0; times < 20; times += 1) expect((await ask(`/wishes/${kept.code}`)).status).toBe(200);
  expect(await followsAs("away")).toBe(true);
  const now = await openUnits();
  await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, kept.line.id));
  expect(await openUnits()).toBe(now - 1);

  follower = await house.startReplica();
  await until(isReadThere, "pages from the replica once it is back");
  await onFollower("select pg_wal_replay_resume()");
});
