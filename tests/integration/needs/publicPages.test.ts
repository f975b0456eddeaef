import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { expireNeeds, resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { readPublicVersion } from "~/domain/needs/publicVersion.server";
import { listWishes, readWish } from "~/domain/needs/queries.server";
import { keepPublicPages } from "~/server/publicPages.server";
import { connect } from "~db/client";
import { needs } from "~db/schema/needs";
import { aPledgeOf } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, type Team } from "../../factories/people";
import { withdrawConsentOf } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const ANYBODY = { basket: 0, roles: undefined };

/**
 * A process of the portal with its own connection and its own copies of pages; `made` counts how often it
 * read the database for one.
 */
function aProcess(world: World) {
  const pages = keepPublicPages({ now: world.clock.now, readVersion: () => readPublicVersion(world.db) });
  let made = 0;
  const get = async (path: string) => {
    const response = await pages.answer(new Request(`http://portal.test${path}`), ANYBODY, async () => {
      made += 1;
      const code = path.split("/")[2];
      const cards =
        code === undefined
          ? (await listWishes(world.system, { sort: "newest" })).cards
          : [await readWish(world.system, code)];
      return Response.json(
        cards.map((card) => ({ code: card?.code, isOpen: card?.isOpen, open: String(card?.lines[0]?.open) })),
      );
    });
    return response.text();
  };

  return { get, made: () => made };
}

/** Every way in which a wish leaves what the public sees. */
const LEAVES: Readonly<Record<string, (world: World, team: Team, needId: string) => Promise<unknown>>> = {
  "consent is withdrawn": async (world, team, needId) => {
    const [need] = await world.db.select().from(needs).where(eq(needs.id, needId));
    await withdrawConsentOf(world, team, need?.householdId ?? "");
  },
  "it is withdrawn": (world, team, needId) => withdrawNeed(world.as(team.caseworker), needId, "moved"),
  "it is suspended": (world, team, needId) => suspendNeed(world.as(team.operator), needId, "complaint"),
  "its listing ends": (world) => expireNeeds(world.system),
};

for (const [how, leave] of Object.entries(LEAVES)) {
  test(`${how}: from that moment no process shows it, though both kept pages with it`, async ({
    db,
    databaseUrl,
  }) => {
    const elsewhere = connect(databaseUrl, { max: 1 });
    const world = aWorld(db);
    const team = await aTeam(world);
    const { needId, code } = await aPublishedWish(world, team);
    // Its time is over, and the clock that ends it has not run yet.
    world.clock.advance({ days: 61 });
    const processes = [
      aProcess(world),
      aProcess({ ...world, db: elsewhere.db, system: { ...world.system, db: elsewhere.db } }),
    ];
    for (const { get } of [...processes, ...processes])
      for (const path of ["/wishes", `/wishes/${code}`]) expect(await get(path)).toContain(code);
    expect(processes.map(({ made }) => made())).toEqual([2, 2]);

    await leave(world, team, needId);
    for (const { get } of processes) {
      expect(await get("/wishes")).not.toContain(code);
      expect(await get(`/wishes/${code}`)).not.toContain('"isOpen":true');
    }

    expect(processes.map(({ made }) => made())).toEqual([4, 4]);
    await elsewhere.close();
  });
}

test("a wish that is published, or listed again, is there at once; numbers that moved are there after five seconds", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { get, made } = aProcess(world);
  const before = await get("/wishes");
  const { needId, code, line } = await aPublishedWish(world, team);
  expect([before.includes(code), (await get("/wishes")).includes(code)]).toEqual([false, true]);
  await suspendNeed(world.as(team.operator), needId, "complaint");
  expect(await get("/wishes")).not.toContain(code);
  await resumeNeed(world.as(team.operator), needId);
  const again = await get(`/wishes/${code}`);
  expect(again).toContain('"open":"2"');

  await pledgeItems(world.as(await aDonor(world)), aPledgeOf(world, line.id));
  const untouched = made();
  expect([await get(`/wishes/${code}`), made()]).toEqual([again, untouched]);
  world.clock.advance({ minutes: 5 / 60 });
  expect(await get(`/wishes/${code}`)).toContain('"open":"1"');
});

test("a page that was being read while the wish was withdrawn is shown to nobody who comes afterwards", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { needId, code } = await aPublishedWish(world, team);
  const pages = keepPublicPages({ now: world.clock.now, readVersion: () => readPublicVersion(db) });
  const visit = (before: () => Promise<unknown> = () => Promise.resolve()) =>
    pages
      .answer(new Request("http://portal.test/wishes"), ANYBODY, async () => {
        const codes = (await listWishes(world.system, { sort: "newest" })).cards.map((card) => card.code);
        await before();
        return new Response(codes.join());
      })
      .then((response) => response.text());
  // The first visitor's page is read, and not yet answered, when the wish goes; the second comes right after.
  let second: Promise<string> | undefined;
  const first = await visit(async () => {
    await withdrawNeed(world.as(team.caseworker), needId, "moved");
    second = visit();
    await second;
  });
  expect([first.includes(code), (await second)?.includes(code), (await visit()).includes(code)]).toEqual([
    true,
    false,
    false,
  ]);
});
