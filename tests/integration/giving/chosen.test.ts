import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { undoGift } from "~/domain/giving/changeGift.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { gifts } from "~db/schema/giving";
import { outbox } from "~db/schema/journal";
import { aConfirmedGift, aPledgeOf, choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("what a donor chooses is kept as chosen: a name, another name, or none", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 10n }] });
  const kept = async (chosen: object) => {
    const donor = world.as(await aDonor(world));
    const { giftCode } = await pledgeItems(donor, aPledgeOf(world, line.id));
    await confirmGift(donor, giftCode, { ...choices(world), ...chosen });
    const [gift] = await db
      .select({ choice: gifts.displayChoice, name: gifts.displayName })
      .from(gifts)
      .where(eq(gifts.code, giftCode));
    return gift;
  };

  expect(await kept({ displayChoice: "name", displayName: "陈先生" })).toEqual({
    choice: "name",
    name: "陈先生",
  });
  expect(await kept({ displayChoice: "alias", displayName: "海边的人" })).toEqual({
    choice: "alias",
    name: "海边的人",
  });
  // Whoever stays unnamed leaves no name behind, whatever stood in the field.
  expect(await kept({ displayChoice: "kind_person", displayName: "陈先生" })).toEqual({
    choice: "kind_person",
    name: null,
  });
});

test("a gift is undone until ten minutes are over to the second, and not a second later", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 10n }] });
  const donor = await aDonor(world);
  const first = await aConfirmedGift(world, donor, line.id);
  const second = await aConfirmedGift(world, donor, line.id);
  world.clock.advance({ minutes: 10 });
  await undoGift(world.as(donor), first.giftCode);
  world.clock.advance({ minutes: 1 / 60 });
  await expect(undoGift(world.as(donor), second.giftCode)).rejects.toMatchObject({
    code: "TOO_LATE_TO_UNDO",
  });
});

test("two workers drain the outbox at once: each piece of work is one worker's, also while a letter is still being sent", async ({
  db,
}) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world), { lines: [{ quantity: 10n }] });
  await drainOutbox(world.system, 500);
  const before = world.mails.length;
  for (let count = 0; count < 4; count += 1) await aConfirmedGift(world, await aDonor(world), line.id);
  const waiting = await db.$count(outbox, eq(outbox.state, "waiting"));
  let second: number | undefined;
  const sent: string[] = [];
  const slow = {
    ...world.system,
    ports: {
      ...world.system.ports,
      mail: {
        send: async (message: { to: string }) => {
          // While the first letter is on its way, another worker looks for work.
          second ??= await drainOutbox(world.system, 500);
          sent.push(message.to);
        },
      },
    },
  };
  expect(await drainOutbox(slow, 500)).toBe(waiting);
  expect(second).toBe(0);
  expect(world.mails).toHaveLength(before);
  expect(new Set(sent).size).toBe(sent.length);
  const [one, two] = await Promise.all([drainOutbox(world.system, 500), drainOutbox(world.system, 500)]);
  expect([one, two]).toEqual([0, 0]);
});
