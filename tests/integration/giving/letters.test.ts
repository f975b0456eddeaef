import { expect } from "vitest";
import { drainOutbox } from "~/journal/drainOutbox.server";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("a letter whose sending fails is sent later, and one that was sent is not sent again", async ({ db }) => {
  const world = aWorld(db);
  const { line } = await aPublishedWish(world, await aTeam(world));
  await aConfirmedGift(world, await aDonor(world), line.id);
  const { ports } = world.system;
  let failures = 2;
  const flaky = {
    ...world.system,
    ports: {
      ...ports,
      mail: {
        send: (message: Parameters<typeof ports.mail.send>[0]) => {
          failures -= 1;
          return failures >= 0 ? Promise.reject(new Error("the mail server is away")) : ports.mail.send(message);
        },
      },
    },
  };
  for (let round = 0; round < 5; round += 1) {
    await drainOutbox(flaky, 100);
    world.clock.advance({ minutes: 10 });
  }
  expect(world.mails.map((mail) => mail.template)).toEqual(["confirmed"]);
});
