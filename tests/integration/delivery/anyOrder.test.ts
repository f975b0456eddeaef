import { desc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery, tryAgain } from "~/domain/delivery/dispatchDelivery.server";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { itemsOf } from "~/domain/delivery/machine.server";
import { markLost } from "~/domain/delivery/markLost.server";
import { cancelDelivery, packDelivery, readyLots } from "~/domain/delivery/packDelivery.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import { returnToPoint } from "~/domain/delivery/returnToPoint.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { remaining } from "~/domain/delivery/states";
import { FAILED_OUTCOMES } from "~/domain/delivery/vocabulary";
import { writeOff } from "~/domain/delivery/writeOff.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { DomainError } from "~/domain/kernel/errors";
import type { Database } from "~db/client";
import { deliveries, parcels } from "~db/schema/delivery";
import { needLines } from "~db/schema/needs";
import { aHandover, anInspection, aParcel } from "../../factories/delivery";
import { aConfirmedGift } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

type Scene = Readonly<{
  world: World;
  team: Team;
  needId: string;
  lineId: string;
  pledgeIds: readonly string[];
}>;
type Choice = Readonly<{ pick: number; many: number }>;

const any = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(1, from.length)];

/** The wish's deliveries, newest first; mostly one of the two newest is meant. */
async function aDelivery({ world, needId }: Scene, { pick }: Choice) {
  const all = await world.db
    .select()
    .from(deliveries)
    .where(eq(deliveries.needId, needId))
    .orderBy(desc(deliveries.id));
  const delivery = any(all, pick < 6 ? pick % 2 : pick);
  const items = delivery ? await world.db.transaction((tx) => itemsOf(tx, delivery.id)) : [];
  return { id: delivery?.id ?? world.system.newId(), items };
}

const ready = ({ world, team, needId }: Scene) =>
  readyLots(world.db, { needId, pointId: team.point.id }, { lock: false });
const stamp = ({ world }: Scene) => ({ occurredAt: world.clock.now(), requestKey: world.system.newId() });

/** What people may do, in any order and with any numbers. */
const COMMANDS: Readonly<Record<string, (scene: Scene, choice: Choice) => Promise<unknown>>> = {
  receive: ({ world, team, pledgeIds }, { pick, many }) =>
    receiveParcel(
      world.as(team.storekeeper),
      aParcel(world, team, any(pledgeIds, pick) ?? "", BigInt(many + 1)),
    ),
  inspect: async ({ world, team, pledgeIds }, { pick, many }) => {
    const counted = await world.db.select().from(parcels).orderBy(parcels.id);
    const parcel = any(
      counted.filter((row) => row.inspectedAt === null && pledgeIds.includes(row.pledgeId ?? "")),
      pick,
    );
    if (!parcel) return;
    const refused = BigInt(many) < parcel.counted ? BigInt(many) : 0n;
    await inspectParcel(
      world.as(team.storekeeper),
      parcel.id,
      anInspection(world, parcel.counted - refused, refused),
    );
  },
  pack: async (scene, { pick, many }) => {
    const lot = any(await ready(scene), pick);
    const part = lot && many > 2 ? { lots: [{ lotId: lot.id, quantity: BigInt(many - 2) }] } : {};
    await packDelivery(scene.world.as(scene.team.storekeeper), {
      needId: scene.needId,
      pointId: scene.team.point.id,
      requestKey: scene.world.system.newId(),
      ...part,
    });
  },
  dispatch: async (scene, choice) =>
    dispatchDelivery(scene.world.as(scene.team.storekeeper), (await aDelivery(scene, choice)).id, {
      courierId: scene.team.courier.userId,
    }),
  handOver: async (scene, choice) => {
    const { world, team } = scene;
    const { id, items } = await aDelivery(scene, choice);
    const { digits } = await showSecret(world.as(team.colleague), id);
    const most = BigInt(choice.many);
    const part = items.map((item) => ({
      itemId: item.id,
      quantity: most < remaining(item) ? most : remaining(item),
    }));
    const secret = choice.many === 6 ? "no" : digits;
    await confirmHandover(
      world.as(team.courier),
      id,
      aHandover(world, { proof: "secret", secret, ...(choice.many % 2 === 0 ? {} : { items: part }) }),
    );
  },
  outcome: async (scene, choice) =>
    recordOutcome(scene.world.as(scene.team.courier), (await aDelivery(scene, choice)).id, {
      outcome: any(FAILED_OUTCOMES, choice.many) ?? "refused",
      ...stamp(scene),
    }),
  tryAgain: async (scene, choice) =>
    tryAgain(scene.world.as(scene.team.courier), (await aDelivery(scene, choice)).id, {
      requestKey: scene.world.system.newId(),
    }),
  takeBack: async (scene, choice) => {
    const { id, items } = await aDelivery(scene, choice);
    const broken = items.slice(0, 1).map((item) => ({ itemId: item.id, disposed: BigInt(choice.many % 3) }));
    await returnToPoint(scene.world.as(scene.team.storekeeper), id, { items: broken, ...stamp(scene) });
  },
  lose: async (scene, choice) => {
    const { id, items } = await aDelivery(scene, choice);
    const some = choice.many % 2 === 0 ? [] : items.map((item) => ({ itemId: item.id, quantity: 1n }));
    await markLost(scene.world.as(scene.team.operator), id, {
      items: some,
      reason: "stolen",
      ...stamp(scene),
    });
  },
  unpack: async (scene, choice) =>
    cancelDelivery(scene.world.as(scene.team.storekeeper), (await aDelivery(scene, choice)).id),
  acknowledge: async (scene, choice) =>
    acknowledgeDelivery(scene.world.as(scene.team.colleague), (await aDelivery(scene, choice)).id, {
      said: choice.many % 3 === 0 ? "less_came" : "came",
    }),
  writeOff: async (scene, { pick, many }) => {
    const lot = any(await ready(scene), pick);
    if (lot)
      await writeOff(scene.world.as(scene.team.storekeeper), {
        lotId: lot.id,
        pointId: scene.team.point.id,
        quantity: BigInt(many + 1),
        reason: "damaged",
        ...stamp(scene),
      });
  },
  withdraw: ({ world, team, needId }) => withdrawNeed(world.as(team.colleague), needId, "moved"),
};

type Command = Choice & Readonly<{ do: string }>;

const ORDINARY = Object.keys(COMMANDS).filter((name) => name !== "withdraw");
/** The way to the door is taken more often than the ways aside, so that things arrive at all. */
const ON_THE_WAY = ["pack", "dispatch", "handOver"];
const ordinary = fc.record({
  do: fc.constantFrom(...ORDINARY, ...ON_THE_WAY, ...ON_THE_WAY, ...ON_THE_WAY),
  pick: fc.nat(7),
  many: fc.nat(6),
});
const end: Command = { do: "withdraw", pick: 0, many: 0 };
/** The wish ends in one script of four, somewhere on the way. */
const script = fc
  .tuple(fc.array(ordinary, { minLength: 15, maxLength: 40 }), fc.nat(3), fc.nat(40))
  .map(([commands, ends, at]): Command[] =>
    ends === 0 ? [...commands.slice(0, at), end, ...commands.slice(at)] : commands,
  );

/** Refusals are answers. Anything else is a fault and fails the test. */
async function tolerant(scene: Scene, command: Command): Promise<void> {
  try {
    await COMMANDS[command.do]?.(scene, command);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/**
 * Ten units promised by two donors; four of each stand in the store already, so that there is something to
 * run for.
 */
async function aScene(db: Database): Promise<Scene> {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aPublishedWish(world, team, { lines: [{ quantity: 10n }] });
  const gifts = [
    await aConfirmedGift(world, await aDonor(world), wish.line.id, 6n),
    await aConfirmedGift(world, await aDonor(world), wish.line.id, 4n),
  ];
  const scene = {
    world,
    team,
    needId: wish.needId,
    lineId: wish.line.id,
    pledgeIds: gifts.map((gift) => gift.pledge.id),
  };
  for (const pick of [0, 1]) {
    await COMMANDS["receive"]?.(scene, { pick, many: 3 });
    await COMMANDS["inspect"]?.(scene, { pick: 0, many: 9 });
  }

  return scene;
}

async function expectWhole(db: Database, scene: Scene): Promise<bigint> {
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  const [line] = await db.select().from(needLines).where(eq(needLines.id, scene.lineId));
  if (!line) throw new Error("no line");
  expect(line.open + line.held + line.pledged + line.inHub + line.delivered).toBe(10n);
  return line.delivered;
}

test(
  "whatever people do, in any order: books, buckets and journal agree at every end",
  { timeout: 240_000 },
  async ({ db }) => {
    let delivered = 0n;
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (const command of commands) {
          await tolerant(scene, command);
          scene.world.clock.advance({ minutes: 20 });
        }

        delivered += await expectWhole(db, scene);
      }),
      { numRuns: 25, seed: 20261124, endOnFailure: true },
    );
    // A property that never gets anything to a door would prove nothing.
    expect(delivered).toBeGreaterThan(25n);
  },
);

test(
  "whatever four people do at the same time: books, buckets and journal agree at every end",
  { timeout: 240_000 },
  async ({ db }) => {
    let delivered = 0n;
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (let start = 0; start < commands.length; start += 4)
          await Promise.all(commands.slice(start, start + 4).map((command) => tolerant(scene, command)));
        delivered += await expectWhole(db, scene);
      }),
      { numRuns: 20, seed: 42, endOnFailure: true },
    );
    expect(delivered).toBeGreaterThan(20n);
  },
);
