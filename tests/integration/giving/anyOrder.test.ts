import { asc, desc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { agreeToJointDay, callOffJointDay, holdJointDay } from "~/domain/giving/answerJointDay.server";
import { markSent, releaseGift, undoGift } from "~/domain/giving/changeGift.server";
import { expireHolds, lapseJointDays, remindOverdue, revokeOverdue } from "~/domain/giving/clocks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { goOnAfterAll } from "~/domain/giving/goOn.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { proposeJointDay, suggestOtherDay } from "~/domain/giving/proposeJointDay.server";
import type { UserActor } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { gifts, jointDays, pledges } from "~db/schema/giving";
import { journal } from "~db/schema/journal";
import { needLines, needs } from "~db/schema/needs";
import { choices, openedJointDay } from "../../factories/giving";
import { aPublishedWish } from "../../factories/needs";
import { aCompany, aDonor, aTeam, type Team } from "../../factories/people";
import { test } from "../../support/database";
import { replayLine, replayStates } from "../../support/replay";
import { aWorld, type World } from "../../support/world";

type Scene = Readonly<{
  world: World;
  team: Team;
  donors: readonly UserActor[];
  wishes: readonly { needId: string; lineId: string }[];
}>;
type Choice = Readonly<{ pick: number; many: number }>;

const any = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(1, from.length)];

const inDays = (world: World, days: number) => dayPlus(shanghaiDay(world.clock.now()), days);

/** One of the donor's gifts; mostly one of the newest is meant. */
async function aGift({ world, donors }: Scene, { pick, many }: Choice) {
  const donor = any(donors, pick);
  const own = donor
    ? await world.db.select().from(gifts).where(eq(gifts.donorId, donor.userId)).orderBy(asc(gifts.id))
    : [];
  return {
    donor: donor ?? world.system.actor,
    code: any(own.toReversed(), many > 3 ? many : 0)?.code ?? "GNOTHING",
  };
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
    await pledgeItems(world.as(any(donors, pick) ?? world.system.actor), {
      lines,
      requestKey: world.system.newId(),
    });
  },
  confirm: async (scene, choice) => {
    const { donor, code } = await aGift(scene, choice);
    await confirmGift(scene.world.as(donor), code, {
      ...choices(scene.world),
      ifGone: choice.many < 4 ? "next_oldest" : "ask_me",
    });
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
    await goOnAfterAll(
      scene.world.as(donor),
      code,
      any(all.toReversed(), choice.pick)?.id ?? scene.world.system.newId(),
    );
  },
  nameDay: async (scene, choice) => {
    const { world, team, donors } = scene;
    // The last of the donors is a company.
    const { donor, code } = await aGift({ ...scene, donors: donors.slice(-1) }, choice);
    const version = await openedJointDay(world, code);
    await proposeJointDay(world.as(donor), code, {
      day: inDays(world, 3 + 9 * choice.many),
      pointId: team.point.id,
      requestKey: world.system.newId(),
      version,
    });
  },
  answerDay: async ({ world, team, donors }, { pick, many }) => {
    const [row] = await world.db.select().from(jointDays).orderBy(desc(jointDays.id)).limit(1);
    const input = { jointDayId: row?.id ?? world.system.newId(), version: row?.version ?? 1 };
    const someone = world.as((pick % 3 === 0 ? donors.at(-1) : team.storekeeper) ?? world.system.actor);
    if (many < 4) await agreeToJointDay(someone, input);
    else if (many === 4) await (pick % 2 === 0 ? callOffJointDay : holdJointDay)(someone, input);
    else
      await suggestOtherDay(someone, input.jointDayId, {
        day: inDays(world, 4 + many),
        requestKey: world.system.newId(),
      });
  },
  later: async ({ world }, { many }) => {
    world.clock.advance({ hours: [1, 5, 25, 24 * 8, 24 * 16, 24 * 24, 0][many] ?? 0 });
    await expireHolds(world.system);
    await remindOverdue(world.system);
    await revokeOverdue(world.system);
    await lapseJointDays(world.system);
  },
  handlers: ({ world }) => drainOutbox(world.system, 100),
  suspend: ({ world, team, wishes }, { pick }) =>
    suspendNeed(world.as(team.operator), any(wishes, pick)?.needId ?? "", "complaint"),
  resume: ({ world, team, wishes }, { pick }) =>
    resumeNeed(world.as(team.operator), any(wishes, pick)?.needId ?? ""),
  withdraw: ({ world, team, wishes }, { pick }) =>
    withdrawNeed(world.as(team.colleague), any(wishes.slice(1), pick)?.needId ?? "", "moved"),
};

type Command = Choice & Readonly<{ do: string }>;
const OFTEN = ["hold", "confirm", "hold", "confirm", "nameDay", "answerDay"];
const command = fc.record({
  do: fc.constantFrom(...Object.keys(COMMANDS).filter((name) => name !== "withdraw"), ...OFTEN),
  pick: fc.nat(7),
  many: fc.nat(6),
});
const script = fc
  .tuple(fc.array(command, { minLength: 15, maxLength: 40 }), fc.nat(2), fc.nat(40), fc.nat(7))
  .map(([commands, ends, at, pick]): Command[] =>
    ends === 0
      ? [...commands.slice(0, at), { do: "withdraw", pick, many: 0 }, ...commands.slice(at)]
      : commands,
  );

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

  return {
    world,
    team,
    donors: [await aDonor(world), await aDonor(world), await aCompany(world, team.operator)],
    wishes,
  };
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
    expect(await replayLine(db, lineId, line.requested)).toEqual({
      open,
      held,
      pledged,
      in_hub: inHub,
      delivered,
      waived,
    });
    const [need] = await db.select({ state: needs.state }).from(needs).where(eq(needs.id, needId));
    expect(await replayStates(db, "need", [needId])).toEqual(new Map([[needId, need?.state]]));
    const stored = await db
      .select({ id: pledges.id, state: pledges.state })
      .from(pledges)
      .where(eq(pledges.needId, needId));
    const ids = stored.map((pledge) => pledge.id);
    expect(await replayStates(db, "pledge", ids)).toEqual(
      new Map(stored.map((pledge) => [pledge.id, pledge.state])),
    );
    const days = await db.select({ id: jointDays.id, state: jointDays.state }).from(jointDays);
    expect(
      await replayStates(
        db,
        "joint_day",
        days.map((row) => row.id),
      ),
    ).toEqual(new Map(days.map((row) => [row.id, row.state])));
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
  "joint_day.propose",
  "joint_day.agree",
  "pledge.postpone",
];

test(
  "whatever donors, staff and clocks do, in any order: buckets and states are what the journal says",
  { timeout: 240_000 },
  async ({ db }) => {
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (const one of commands) await tolerant(scene, one);
        await expectWhole(db, scene);
      }),
      { numRuns: 25, seed: 20261125, endOnFailure: true },
    );
    const happened = (await db.selectDistinct({ event: journal.event }).from(journal)).map(
      (row) => row.event,
    );
    expect(MUST_HAPPEN.filter((event) => !happened.includes(event))).toEqual([]);
  },
);

test(
  "whatever four of them do at the same time: buckets and states are what the journal says",
  { timeout: 240_000 },
  async ({ db }) => {
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (let start = 0; start < commands.length; start += 4)
          await Promise.all(commands.slice(start, start + 4).map((one) => tolerant(scene, one)));
        await expectWhole(db, scene);
      }),
      { numRuns: 12, seed: 7, endOnFailure: true },
    );
  },
);
