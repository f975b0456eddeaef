import { and, eq, inArray } from "drizzle-orm";
import { withdrawNeed } from "~/domain/ending/withdrawNeed.server";
import { releaseGift } from "~/domain/giving/changeGift.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { acceptVisit, recordVisit } from "~/domain/giving/serviceVisits.server";
import { DomainError } from "~/domain/kernel/errors";
import { draftWish } from "~/domain/needs/draftWish.server";
import { closeNeed, expireNeeds, resumeNeed, suspendNeed } from "~/domain/needs/endNeed.server";
import { mergeNeed } from "~/domain/needs/mergeNeed.server";
import { publishNeed } from "~/domain/needs/publishNeed.server";
import { approveOverCap, declineNeed, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { eraseHousehold } from "~/domain/requests/eraseHousehold.server";
import { closeRequest } from "~/domain/requests/recipientRequests.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { Database } from "~db/client";
import { serviceVisits } from "~db/schema/delivery";
import { pledges } from "~db/schema/giving";
import { households } from "~db/schema/households";
import { needLines } from "~db/schema/needs";
import { recipientRequests } from "~db/schema/requests";
import { choices } from "../../factories/giving";
import { saveDraft } from "../../factories/needs";
import { aDonor, aPerson, aTeam, SHIQI } from "../../factories/people";
import { aWorld } from "../../support/world";
import {
  allNeeds,
  aNeed,
  anOperator,
  any,
  anybody,
  aPledge,
  aReviewer,
  aWish,
  type Choice,
  say,
  type Scene,
  WORDS,
} from "./scene";

export type Command = Choice & Readonly<{ do: string }>;
type Work = (scene: Scene, choice: Choice) => Promise<unknown>;

/** What filers, reviewers, operators, recipients, donors and clocks may do, in any order. */
export const COMMANDS: Readonly<Record<string, Work>> = {
  draft: (scene, choice) =>
    draftWish(
      scene.world.as(
        any([scene.team.caseworker, scene.team.colleague, scene.everything], choice.many) ?? scene.everything,
      ),
      aWish(scene, choice),
    ),
  edit: async (scene, choice) => {
    const need = await aNeed(scene, choice, "draft", "returned");
    const filer = [scene.team.caseworker, scene.team.colleague, scene.everything].find(
      (one) => one.userId === need.filedBy,
    );
    await saveDraft(scene.world.as(filer ?? scene.everything), need.id, aWish(scene, choice));
  },
  submit: async (scene, choice) =>
    submitNeed(
      scene.world.as(anybody(scene, choice.many)),
      (await aNeed(scene, choice, "draft", "returned")).id,
      { judged: "different", gapReason: "not_covered" },
    ),
  verify: async (scene, choice) =>
    verifyNeed(scene.world.as(aReviewer(scene, choice.many)), (await aNeed(scene, choice, "submitted")).id),
  sendBack: async (scene, choice) =>
    declineNeed(
      scene.world.as(anybody(scene, choice.many + 2)),
      (await aNeed(scene, choice, "submitted", "verified")).id,
      "return",
      "unclear_item",
    ),
  reject: async (scene, choice) =>
    declineNeed(
      scene.world.as(aReviewer(scene, choice.many)),
      (await aNeed(scene, choice, "submitted")).id,
      "reject",
      "met_elsewhere",
    ),
  merge: async (scene, choice) => {
    const into = await aNeed(scene, { ...choice, pick: choice.many }, "submitted", "verified", "published");
    await mergeNeed(
      scene.world.as(aReviewer(scene, choice.many)),
      (await aNeed(scene, choice, "submitted", "verified")).id,
      { intoId: into.id, reason: "filed_twice" },
    );
  },
  approve: async (scene, choice) =>
    approveOverCap(
      scene.world.as(anOperator(scene, choice.many)),
      (await aNeed(scene, choice, "verified")).id,
    ),
  publish: async (scene, choice) =>
    publishNeed(
      scene.world.as(anOperator(scene, choice.many)),
      (await aNeed(scene, choice, "verified")).id,
      WORDS,
    ),
  suspend: async (scene, choice) =>
    suspendNeed(
      scene.world.as(anOperator(scene, choice.many)),
      (await aNeed(scene, choice, "published")).id,
      "complaint",
    ),
  resume: async (scene, choice) =>
    resumeNeed(scene.world.as(anOperator(scene, choice.many)), (await aNeed(scene, choice, "suspended")).id),
  withdraw: async (scene, choice) =>
    withdrawNeed(scene.world.as(anybody(scene, choice.many)), (await aNeed(scene, choice)).id, "moved"),
  close: async (scene, choice) =>
    closeNeed(scene.world.as(anybody(scene, choice.many)), (await aNeed(scene, choice, "published")).id),
  refuse: (scene, choice) => say(scene, choice, "refuse", "published", "suspended"),
  correct: (scene, choice) => say(scene, choice, "correct"),
  askErasure: (scene, choice) => say(scene, choice, "erase", "closed", "withdrawn", "merged"),
  closeRequest: async ({ world, team }, { pick, many }) => {
    const open = await world.db
      .select({ id: recipientRequests.id })
      .from(recipientRequests)
      .where(
        and(
          eq(recipientRequests.state, "open"),
          inArray(recipientRequests.recordedBy, [team.caseworker.userId, team.colleague.userId]),
        ),
      );
    const answer = {
      outcome: many % 3 === 0 ? ("taken_back" as const) : ("corrected" as const),
      answer: "已告诉本人",
    };
    await closeRequest(
      world.as(many % 2 ? team.reviewer : team.caseworker),
      any(open, pick)?.id ?? world.system.newId(),
      answer,
    );
  },
  erase: async (scene, choice) => {
    const { householdId } = await aNeed(
      scene,
      choice,
      "closed",
      "withdrawn",
      "merged",
      "rejected",
      "expired",
    );
    const [household] = await scene.world.db.select().from(households).where(eq(households.id, householdId));
    await eraseHousehold(scene.world.as(scene.admin), householdId, {
      code: household?.code ?? "",
      reason: "person_asked",
    });
  },
  takeBackConsent: (scene, choice) => say(scene, choice, "withdraw_consent", "closed"),
  hold: async (scene, { pick, many }) => {
    const ids = (await allNeeds(scene)).map((need) => need.id);
    const open = await scene.world.db
      .select({ id: needLines.id })
      .from(needLines)
      .where(and(eq(needLines.accepts, true), inArray(needLines.needId, ids)));
    const wanted = [any(open, pick), ...(many % 2 === 0 ? [] : [any(open, many)])];
    const lines = wanted.map((line) => ({ lineId: line?.id ?? scene.world.system.newId(), quantity: 1n }));
    await pledgeItems(scene.world.as(any(scene.donors, pick) ?? scene.everything), {
      lines,
      requestKey: scene.world.system.newId(),
    });
  },
  confirm: async (scene, choice) => {
    const { donor, code } = await aPledge(scene, choice);
    await confirmGift(scene.world.as(donor), code, {
      ...choices(scene.world),
      ifGone: choice.many < 3 ? "next_oldest" : "ask_me",
    });
  },
  release: async (scene, choice) => {
    const { donor, code } = await aPledge(scene, choice);
    await releaseGift(scene.world.as(donor), code);
  },
  serve: async ({ world, team, donors }, { pick }) => {
    const ids = donors.map((donor) => donor.userId);
    const promised = await world.db
      .select()
      .from(pledges)
      .where(and(inArray(pledges.donorId, ids), eq(pledges.kind, "service"), eq(pledges.state, "confirmed")));
    const pledgeId = any(promised, pick)?.id ?? world.system.newId();
    await recordVisit(world.as(team.caseworker), {
      pledgeId,
      quantity: 1n,
      providerName: "理发队",
      occurredAt: world.clock.now(),
      requestKey: world.system.newId(),
    });
  },
  accept: async ({ world, team }, { pick }) => {
    const done = await world.db
      .select()
      .from(serviceVisits)
      .where(and(eq(serviceVisits.state, "done"), eq(serviceVisits.recordedBy, team.caseworker.userId)));
    await acceptVisit(world.as(team.colleague), any(done, pick)?.id ?? world.system.newId(), "accept");
  },
  later: async ({ world }, { many }) => {
    world.clock.advance({ hours: [1, 3, 25, 24 * 8, 24 * 20, 24 * 61, 0][many] ?? 0 });
    await expireHolds(world.system);
    await expireNeeds(world.system);
  },
  handlers: ({ world }) => drainOutbox(world.system, 100),
};

/** The next step of a need's ordinary way, so that some come far. */
const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  draft: ["submit"],
  returned: ["submit"],
  submitted: ["verify"],
  verified: ["approve", "publish"],
  published: ["hold", "confirm", "serve", "accept", "close"],
  suspended: ["resume"],
};
const onward: Work = async (scene, choice) => {
  const need = await aNeed(scene, choice, "draft", "returned", "submitted", "verified", "published");
  const filer = [scene.team.caseworker, scene.team.colleague, scene.everything].findIndex(
    (one) => one.userId === need.filedBy,
  );
  // Those who fit this step, whoever filed it.
  const many: Readonly<Record<string, number>> = {
    submit: [0, 1, 5][filer] ?? 0,
    verify: 1,
    approve: 1,
    publish: 0,
    close: 0,
    resume: 0,
  };
  for (const step of ORDINARY[need.state ?? ""] ?? ["draft"])
    await tolerant(scene, { ...choice, many: many[step] ?? choice.many, do: step });
};

/** Refusals are answers. Anything else is a fault and fails the test. */
export async function tolerant(scene: Scene, { do: name, ...choice }: Command): Promise<void> {
  try {
    await (name === "onward" ? onward : COMMANDS[name])?.(scene, choice);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

export async function aScene(db: Database): Promise<Scene> {
  const world = aWorld(db);
  const inTown = (role: "caseworker" | "town_reviewer") => ({
    role,
    scope: { kind: "town", id: SHIQI } as const,
  });
  const everything = await aPerson(world, inTown("caseworker"), inTown("town_reviewer"), {
    role: "operator",
    scope: { kind: "city" },
  });
  const scene = {
    world,
    team: await aTeam(world),
    everything,
    admin: await aPerson(world, { role: "admin", scope: { kind: "city" } }),
    donors: [await aDonor(world), await aDonor(world)],
    names: ["甲", "乙", "丙"].map((name) => `甄演示${name}${everything.userId}`),
  };
  // One wish is on its way, perhaps fulfilled already, so that there is something to run for.
  for (const step of ["draft", "onward", "onward", "onward", "onward"])
    await tolerant(scene, { do: step, pick: 0, many: 0 });
  for (const pick of [1, 2]) await tolerant(scene, { do: "draft", pick, many: pick });
  return scene;
}
