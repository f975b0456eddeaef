import { and, asc, eq, inArray } from "drizzle-orm";
import fc from "fast-check";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { consents } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { needLines, needs, publicNeeds } from "~db/schema/needs";
import { test } from "../../support/database";
import { replayLine, replayStates } from "../../support/replay";
import { aScene, COMMANDS, tolerant } from "./commands";
import { allNeeds, type Scene } from "./scene";

const FINAL_STEPS = ["reject", "merge", "withdraw", "refuse", "takeBackConsent", "askErasure", "erase"];
const OFTEN = [
  ...Object.keys(COMMANDS).filter((name) => !FINAL_STEPS.includes(name)),
  "merge",
  ...Array.from({ length: 20 }, () => "onward"),
];
const script = fc.array(
  fc.record({ do: fc.constantFrom(...Object.keys(COMMANDS), ...OFTEN), pick: fc.nat(7), many: fc.nat(6) }),
  { minLength: 20, maxLength: 45 },
);

/** Every check holds, and what the journal alone says is what the tables say. */
async function expectWhole(db: Database, scene: Scene): Promise<void> {
  const { world } = scene;
  while ((await drainOutbox(world.system, 200)) > 0);
  // No hold outlives its clock.
  world.clock.advance({ hours: 25 });
  await expireHolds(world.system);
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
  const stored = await allNeeds(scene);
  const ids = stored.map((need) => need.id);
  expect(await replayStates(db, "need", ids)).toEqual(new Map(stored.map((need) => [need.id, need.state])));
  for (const line of await db.select().from(needLines).where(inArray(needLines.needId, ids))) {
    const { open, held, pledged, inHub, delivered, waived } = line;
    expect(open + held + pledged + inHub + delivered + waived).toBe(line.requested);
    expect(await replayLine(db, line.id, line.requested)).toEqual({
      open,
      held,
      pledged,
      in_hub: inHub,
      delivered,
      waived,
    });
  }

  for (const need of stored) await expectThreePeople(db, need.id);
  await expectConsented(db, ids);
}

/**
 * Read from the journal alone: who filed, who verified last, who published and who agreed to the price are
 * not one another.
 */
async function expectThreePeople(db: Database, needId: string): Promise<void> {
  const steps = await db
    .select()
    .from(journal)
    .where(and(eq(journal.entity, "need"), eq(journal.entityId, needId)))
    .orderBy(asc(journal.entityVersion));
  const last = (event: string) => steps.findLast((step) => step.event === event)?.actorId;
  const [filer, verifier, publisher] = [last("need.draft"), last("need.verify"), last("need.publish")];
  if (verifier) expect(verifier).not.toBe(filer);
  if (publisher) expect([filer, verifier]).not.toContain(publisher);
  if (last("need.approve_over_cap")) expect([filer]).not.toContain(last("need.approve_over_cap"));
}

/** What the public reads stands on a consent to publish that was given and not taken back. */
async function expectConsented(db: Database, ids: readonly string[]): Promise<void> {
  const shown = await db
    .select({ householdId: needs.householdId })
    .from(publicNeeds)
    .innerJoin(needs, eq(needs.id, publicNeeds.needId))
    .where(inArray(needs.id, [...ids]));
  for (const { householdId } of shown) {
    const given = await db
      .select()
      .from(consents)
      .where(and(eq(consents.householdId, householdId ?? ""), eq(consents.scope, "publish")));
    expect(given.filter((consent) => consent.withdrawnAt === null)).toHaveLength(1);
  }
}

/** A property that never reaches the interesting places would prove nothing. */
const MUST_HAPPEN = [
  ...[
    "draft",
    "edit",
    "submit",
    "return",
    "reject",
    "verify",
    "approve_over_cap",
    "publish",
    "suspend",
    "resume",
    "merge",
    "absorb",
    "withdraw",
    "extend",
    "expire",
    "close",
    "take_down",
  ].map((step) => `need.${step}`),
  ...[
    "consent.give",
    "consent.withdraw",
    "recipient_request.refuse",
    "recipient_request.correct",
    "recipient_request.withdraw_consent",
    "recipient_request.erase",
    "recipient_request.close",
    "household.erase",
    "household.correct",
  ],
  ...["pledge.hold", "pledge.confirm", "pledge.target_gone", "service_visit.accept"],
];

test(
  "whatever filers, reviewers, operators, recipients and clocks do, in any order: needs are what the journal says, and four eyes saw them",
  { timeout: 240_000 },
  async ({ db }) => {
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (const one of commands) await tolerant(scene, one);
        await expectWhole(db, scene);
      }),
      { numRuns: 30, seed: 20261124, endOnFailure: true },
    );
    const happened = (await db.selectDistinct({ event: journal.event }).from(journal)).map(
      (row) => row.event,
    );
    expect(MUST_HAPPEN.filter((event) => !happened.includes(event))).toEqual([]);
  },
);

test(
  "whatever four of them do at the same time: needs are what the journal says, and four eyes saw them",
  { timeout: 240_000 },
  async ({ db }) => {
    await fc.assert(
      fc.asyncProperty(script, async (commands) => {
        const scene = await aScene(db);
        for (let start = 0; start < commands.length; start += 4)
          await Promise.all(commands.slice(start, start + 4).map((one) => tolerant(scene, one)));
        await expectWhole(db, scene);
      }),
      { numRuns: 16, seed: 7, endOnFailure: true },
    );
  },
);
