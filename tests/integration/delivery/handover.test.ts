import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import type { Database } from "~db/client";
import { deliveries, handovers } from "~db/schema/delivery";
import { needLines } from "~db/schema/needs";
import { aHandover, aParcelOut, aStockedWish } from "../../factories/delivery";
import { aPerson, aTeam } from "../../factories/people";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

/** pledged in_hub delivered */
async function units(db: Database, lineId: string): Promise<string> {
  const [line] = await db.select().from(needLines).where(eq(needLines.id, lineId));
  return line ? [line.pledged, line.inHub, line.delivered].join(" ") : "";
}

async function expectChecksHold(db: Database): Promise<void> {
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
}

async function stored(db: Database, deliveryId: string) {
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.id, deliveryId));
  if (!delivery) throw new Error("no delivery");
  return delivery;
}

const anotherThan = (digits: string) => String((Number(digits) + 1) % 10_000).padStart(4, "0");
const withWitnesses = (world: World, witnessId: string) =>
  aHandover(world, { proof: "two_witnesses", witnessId, secondWitness: "邻居黄姨" });

test("against the four digits, or against the QR's token, everything is handed over", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  for (const kind of ["digits", "token"] as const) {
    const out = await aParcelOut(world, team);
    await confirmHandover(
      world.as(team.courier),
      out.deliveryId,
      aHandover(world, { proof: "secret", secret: out.secret[kind] }),
    );
    expect(await units(db, out.line.id)).toBe("0 0 2");
    expect((await stored(db, out.deliveryId)).state).toBe("handed_over");
  }

  await expectChecksHold(db);
});

test("digits are read kindly: full-width, with spaces and with signs that came along when they were copied", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const said = Array.from(out.secret.digits)
    .map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    .join(" \u200b");
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: `\u202d${said}\u202c` }),
  );
});

test("five wrong tries lock the secret, also for the right digits; each refusal counts although nothing else is written", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  const wrong = () =>
    confirmHandover(
      courier,
      out.deliveryId,
      aHandover(world, { proof: "secret", secret: anotherThan(out.secret.digits) }),
    );
  for (const left of [4, 3, 2, 1])
    await expect(wrong()).rejects.toMatchObject({ code: "SECRET_WRONG", params: { left } });
  await expect(wrong()).rejects.toMatchObject({ code: "SECRET_LOCKED" });
  await expect(
    confirmHandover(
      courier,
      out.deliveryId,
      aHandover(world, { proof: "secret", secret: out.secret.digits }),
    ),
  ).rejects.toMatchObject({ code: "SECRET_LOCKED" });
  expect(await stored(db, out.deliveryId)).toMatchObject({ state: "dispatched", secretTries: 5 });
  await expectChecksHold(db);

  await confirmHandover(courier, out.deliveryId, withWitnesses(world, team.colleague.userId));
  expect(await units(db, out.line.id)).toBe("0 0 2");
  await expectChecksHold(db);
});

test("twenty wrong guesses at once still cost five tries and no more", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      confirmHandover(
        world.as(team.courier),
        out.deliveryId,
        aHandover(world, { proof: "secret", secret: anotherThan(out.secret.digits) }),
      ),
    ),
  );
  expect(outcomes.every((outcome) => outcome.status === "rejected")).toBe(true);
  expect((await stored(db, out.deliveryId)).secretTries).toBe(5);
});

test("showing the secret again makes the first slip worthless and gives five new tries", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  await expect(
    confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "secret", secret: "12" })),
  ).rejects.toMatchObject({ code: "SECRET_WRONG" });
  const again = await showSecret(world.as(team.colleague), out.deliveryId);
  expect((await stored(db, out.deliveryId)).secretTries).toBe(0);
  await expect(
    confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "secret", secret: out.secret.token })),
  ).rejects.toMatchObject({
    code: "SECRET_WRONG",
    params: { left: 4 },
  });
  await confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "secret", secret: again.token }));
});

test("the secret of another delivery opens nothing here", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const mine = await aParcelOut(world, team);
  const other = await aParcelOut(world, team);
  await expect(
    confirmHandover(
      world.as(team.courier),
      mine.deliveryId,
      aHandover(world, { proof: "secret", secret: other.secret.token }),
    ),
  ).rejects.toMatchObject({
    code: "SECRET_WRONG",
  });
  await expect(
    confirmHandover(world.as(team.courier), mine.deliveryId, aHandover(world, { proof: "secret" })),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
});

test("without a secret shown, nothing that is typed opens", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  await dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.courier.userId });
  for (const secret of ["", "0000", "null", "undefined"])
    await expect(
      confirmHandover(world.as(team.courier), deliveryId, aHandover(world, { proof: "secret", secret })),
    ).rejects.toMatchObject({ code: "SECRET_WRONG" });
});

test("the same handover sent twice is one handover; a second one with the same secret is refused", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const form = aHandover(world, { proof: "secret", secret: out.secret.digits });
  await Promise.all(
    Array.from({ length: 5 }, () => confirmHandover(world.as(team.courier), out.deliveryId, form)),
  );
  await expect(
    confirmHandover(world.as(team.courier), out.deliveryId, { ...form, requestKey: world.system.newId() }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect(await db.select().from(handovers).where(eq(handovers.deliveryId, out.deliveryId))).toHaveLength(1);
  expect(await units(db, out.line.id)).toBe("0 0 2");
  await expectChecksHold(db);
});

test("only the assigned deliverer hands over or reports an outcome; for everybody else the parcel does not exist", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const otherCourier = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  for (const person of [otherCourier, team.storekeeper, team.caseworker, team.operator, out.donor]) {
    await expect(
      confirmHandover(
        world.as(person),
        out.deliveryId,
        aHandover(world, { proof: "secret", secret: out.secret.digits }),
      ),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      recordOutcome(world.as(person), out.deliveryId, {
        outcome: "refused",
        occurredAt: world.clock.now(),
        requestKey: world.system.newId(),
      }),
    ).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }

  expect((await stored(db, out.deliveryId)).secretTries).toBe(0);
});

test("who shows the secret does not deliver, whichever came first", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  await showSecret(world.as(team.colleague), deliveryId);
  await expect(
    dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.colleague.userId }),
  ).rejects.toMatchObject({ code: "FOUR_EYES" });
  await dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.caseworker.userId });
  await expect(showSecret(world.as(team.caseworker), deliveryId)).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
});
