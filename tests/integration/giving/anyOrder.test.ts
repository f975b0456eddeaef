import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { markSent, releaseGift, undoGift } from "~/domain/giving/changeGift.server";
import { expireHolds, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { goOnAfterAll } from "~/domain/giving/goOn.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import type { UserActor } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { resumeNeed, suspendNeed, withdrawNeed } from "~/domain/needs/endNeed.server";
import { drainOutbox } from "~/journal/drainOutbox.server";
import type { Database } from "~db/client";
import { gifts, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { choices } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aDonor, aTeam, type Team } from "../../factories/people";
import { replayLine, replayStates } from "../../support/replay";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

type Scene = Readonly<{ world: World; team: Team; donors: readonly UserActor[]; wishes: readonly { needId: string; lineId: string }[] }>;
type Choice = Readonly<{ pick: number; many: number }>;

const any = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(1, from.length)];

/** One of the donor's gifts; mostly one of the newest is meant. */
async function aGift({ world, donors }: Scene, { pick, many }: Choice) {
  const donor = any(donors, pick);
  const own = donor ? await world.db.select().from(gifts).where(eq(gifts.donorId, donor.userId)).orderBy(asc(gifts.id)) : [];
  return { donor: donor ?? world.system.actor, code: any(own.toReversed(), many > 3 ? many : 0)?.code ?? "GNOTHING" };
}

/** What donors, staff and clocks may do, in any order and with any numbers. */
const COMMANDS: Readonly<Record<string, (scene: Scene, choice: Choice) => Promise<unknown>>> = {
  hold: async ({ world, donors, wishes }, { pick, many }) => {
    const first = any(wishes, pick);
    const second = any(wishes, many);
    const lines = [
      { lineId: first?.lineId ?? "", quantity: BigInt(1 + (many % 3)) },
      { lineId: second?.lineId ?? "", quantity: 1n },
    ];
    await pledgeItems(world.as(any(donors, pick) ?? world.system.actor), { lines, requestKey: world.system.newId() });
  },
  confirm: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    await confirmGift(scene.world.as(donor), code, { ...choices(scene.world), ifGone: choice.many < 4 ? "next_oldest" : "ask_me" });
  },
  release: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    await releaseGift(scene.world.as(donor), code);
  },
  undo: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    await undoGift(scene.world.as(donor), code);
  },
  send: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    await markSent(scene.world.as(donor), code, { courierName: "快递", waybill: "SF0001" });
  },
  goOn: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    const all = await scene.world.db.select({ id: pledges.id }).from(pledges).orderBy(asc(pledges.id));
    await goOnAfterAll(scene.world.as(donor), code, any(all.toReversed(), choice.pick)?.id ?? scene.world.system.newId());
  },
  later: async ({ world }, { many }) => {
    world.clock.advance({ hours: [1, 5, 25, 24 * 8, 24 * 16, 24 * 24, 0][many] ?? 0 });
    await expireHolds(world.system);
    await remindOverdue(world.system);
    await revokeOverdue(world.system);
  },
  handlers: ({ world }) => drainOutbox(world.system, 100),
  suspend: ({ world, team, wishes }, { pick }) => suspendNeed(world.as(team.operator), any(wishes, pick)?.needId ?? "", "complaint"),
  resume: ({ world, team, wishes }, { pick }) => resumeNeed(world.as(team.operator), any(wishes, pick)?.needId ?? ""),
  withdraw: ({ world, team, wishes }, { pick }) => withdrawNeed(world.as(team.colleague), any(wishes.slice(1), pick)?.needId ?? "", "moved"),
};

type Command = Choice & Readonly<{ do: string }>;
const OFTEN = ["hold", "confirm", "hold", "confirm"];
const command = fc.record({ do: fc.constantFrom(...Object.keys(COMMANDS).filter((name) => name !== "withdraw"), ...OFTEN), pick: fc.nat(7), many: fc.nat(6) });
const script = fc
  .tuple(fc.array(command, { minLength: 15, maxLength: 40 }), fc.nat(2), fc.nat(40), fc.nat(7))
  .map(([commands, ends, at, pick]): Command[] => (ends === 0 ? [...commands.slice(0, at), { do: "withdraw", pick, many: 0 }, ...commands.slice(at)] : commands));

/** Refusals are answers. Anything else is a fault and fails the test. */
async function tolerant(scene: Scene, { do: name, ...choice }: Command): Promise<void> {
  try {
    await COMMANDS[name]?.(scene, choice);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

async function aScene(db: Database): Promise<Scene> {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wishes = [];
  for (const quantity of [6n, 4n, 2n]) {
    const wish = await aPublishedWish(world, team, { lines: [{ quantity }] });
    wishes.push({ needId: wish.needId, lineId: wish.line.id });
  }
  return { world, team, donors: [await aDonor(world), await aDonor(world), await aDonor(world)], wishes };
}

/** Every check holds, and what the journal alone says is what the tables say. */
async function expectWhole(db: Database, scene: Scene): Promise<void> {
  while ((await drainOutbox(scene.world.system, 200)) > 0);
  // No hold outlives its clock.
  scene.world.clock.advance({ hours: 25 });
  await expireHolds(scene.world.system);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  for (const { needId, lineId } of scene.wishes) {
    const [line] = await db.select().from(needLines).where(eq(needLines.id, lineId));
    if (!line) throw new Error("no line");
    const { open, held, pledged, inHub, delivered, waived } = line;
    expect(await replayLine(db, lineId, line.requested)).toEqual({ open, held, pledged, in_hub: inHub, delivered, waived });
    const [need] = await db.select({ state: needs.state }).from(needs).where(eq(needs.id, needId));
    expect(await replayStates(db, "need", [needId])).toEqual(new Map([[needId, need?.state]]));
    const stored = await db.select({ id: pledges.id, state: pledges.state }).from(pledges).where(eq(pledges.needId, needId));
    const ids = stored.map((pledge) => pledge.id);
    expect(await replayStates(db, "pledge", ids)).toEqual(new Map(stored.map((pledge) => [pledge.id, pledge.state])));
  }
}

/** A property that never reaches the interesting places would prove nothing. */
const MUST_HAPPEN = [
  "pledge.hold",
  "pledge.confirm",
  "pledge.release",
  "pledge.expire",
  "pledge.undo",
  "pledge.send",
  "pledge.revoke",
  "pledge.target_gone",
  "pledge.retarget",
  "need.suspend",
];

test("whatever donors, staff and clocks do, in any order: buckets and states are what the journal says", { timeout: 240_000 }, async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(script, async (commands) => {
      const scene = await aScene(db);
      for (const one of commands) await tolerant(scene, one);
      await expectWhole(db, scene);
    }),
    { numRuns: 20, seed: 20261124, endOnFailure: true },
  );
  const happened = (await db.selectDistinct({ event: journal.event }).from(journal)).map((row) => row.event);
  expect(MUST_HAPPEN.filter((event) => !happened.includes(event))).toEqual([]);
});

test("whatever four of them do at the same time: buckets and states are what the journal says", { timeout: 240_000 }, async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(script, async (commands) => {
      const scene = await aScene(db);
      for (let start = 0; start < commands.length; start += 4) await Promise.all(commands.slice(start, start + 4).map((one) => tolerant(scene, one)));
      await expectWhole(db, scene);
    }),
    { numRuns: 12, seed: 7, endOnFailure: true },
  );
});
