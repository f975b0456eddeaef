import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import {
  acknowledgeDelivery,
  attestHandover,
  markUnconfirmed,
} from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { dispatchDelivery } from "~/domain/delivery/dispatchDelivery.server";
import { itemsOf } from "~/domain/delivery/machine.server";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { deliveryOfToken, showSecret } from "~/domain/delivery/showSecret.server";
import type { Database } from "~db/client";
import { deliveries } from "~db/schema/delivery";
import { journal } from "~db/schema/journal";
import { needLines } from "~db/schema/needs";
import { aHandover, aParcelOut, aStockedWish, handedOver } from "../../factories/delivery";
import { aDonor, aTeam, GUZHEN } from "../../factories/people";
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

const withWitnesses = (world: World, witnessId: string) =>
  aHandover(world, { proof: "two_witnesses", witnessId, secondWitness: "邻居黄姨" });

test("the secret is shown by the recipient's own town or an operator, and only before it is handed over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const out = await aParcelOut(world, team);
  for (const person of [team.storekeeper, elsewhere.caseworker, elsewhere.reviewer, out.donor])
    await expect(showSecret(world.as(person), out.deliveryId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(showSecret(world.as({ kind: "visitor" }), out.deliveryId)).rejects.toMatchObject({
    code: "SIGN_IN_NEEDED",
  });
  const { digits } = await showSecret(world.as(team.operator), out.deliveryId);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  await expect(showSecret(world.as(team.colleague), out.deliveryId)).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
});

test("neither table, journal nor answers keep the secret in the clear", async ({ db, owner }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team);
  for (const table of ["delivery", "handover", "journal", "request_key", "outbox", "delivery_item"]) {
    const rows = await owner.unsafe<{ row: string }[]>(
      `select row_to_json(t)::text as row from "${table}" t`,
    );
    expect(
      rows.some(({ row }) => row.includes(out.secret.token)),
      table,
    ).toBe(false);
    if (table === "delivery")
      expect(rows.some(({ row }) => row.includes(`"${out.secret.digits}"`))).toBe(false);
  }
});

test("a scanned slip names the delivery to the one who carries it, and to nobody else", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  expect(await deliveryOfToken(world.as(team.courier), out.secret.token)).toBe(out.deliveryId);
  expect(await deliveryOfToken(world.as(team.courier), "somethingElse")).toBeUndefined();
  for (const actor of [team.caseworker, team.operator, out.donor, { kind: "visitor" } as const])
    expect(await deliveryOfToken(world.as(actor), out.secret.token)).toBeUndefined();
  expect((await stored(db, out.deliveryId)).secretTries).toBe(0);
});

test("whoever filed the wish and delivers it needs a witness besides the secret, and cannot be their own", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  await dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.caseworker.userId });
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  const filer = world.as(team.caseworker);
  await expect(
    confirmHandover(filer, deliveryId, aHandover(world, { proof: "secret", secret: digits })),
  ).rejects.toMatchObject({ code: "SECOND_WITNESS_NEEDED" });
  for (const witnessId of [team.caseworker.userId, world.system.newId(), wish.donor.userId]) {
    await expect(
      confirmHandover(filer, deliveryId, aHandover(world, { proof: "secret", secret: digits, witnessId })),
    ).rejects.toMatchObject({ code: "SECOND_WITNESS_NEEDED" });
  }

  await confirmHandover(
    filer,
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits, witnessId: team.colleague.userId }),
  );
  await expectChecksHold(db);
});

test("two witnesses are a colleague and a second person whose name is sealed; one alone is no proof", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  await expect(
    confirmHandover(
      courier,
      out.deliveryId,
      aHandover(world, { proof: "two_witnesses", secondWitness: "邻居黄姨" }),
    ),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
  await expect(
    confirmHandover(
      courier,
      out.deliveryId,
      aHandover(world, { proof: "two_witnesses", witnessId: team.colleague.userId }),
    ),
  ).rejects.toMatchObject({
    code: "PROOF_MISSING",
  });
  await confirmHandover(courier, out.deliveryId, withWitnesses(world, team.colleague.userId));
  for (const table of ["handover", "journal", "request_key"]) {
    const rows = await owner.unsafe<{ row: string }[]>(
      `select row_to_json(t)::text as row from "${table}" t`,
    );
    expect(
      rows.some(({ row }) => row.includes("黄姨")),
      table,
    ).toBe(false);
  }
});

test("a named witness says from their own account whether they were there; their no is a doubt that an operator sees", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  await confirmHandover(world.as(team.courier), out.deliveryId, withWitnesses(world, team.colleague.userId));
  await expect(
    attestHandover(world.as(team.reviewer), out.deliveryId, { said: "present" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await attestHandover(world.as(team.colleague), out.deliveryId, { said: "absent" });
  expect((await stored(db, out.deliveryId)).disputedAt).not.toBeNull();
  await expect(
    attestHandover(world.as(team.colleague), out.deliveryId, { said: "present" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expectChecksHold(db);
});

test("a part is handed over: exactly that part counts, the rest stays with the deliverer", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team, { quantity: 5n });
  const [item] = await db.transaction((tx) => itemsOf(tx, out.deliveryId));
  const part = (quantity: bigint) =>
    aHandover(world, {
      proof: "secret",
      secret: out.secret.digits,
      items: [{ itemId: item?.id ?? "", quantity }],
    });
  await expect(confirmHandover(world.as(team.courier), out.deliveryId, part(6n))).rejects.toMatchObject({
    code: "NOT_ENOUGH_LEFT",
    params: { left: 5 },
  });
  await expect(confirmHandover(world.as(team.courier), out.deliveryId, part(0n))).rejects.toMatchObject({
    code: "NOTHING_HANDED_OVER",
  });
  await expect(
    confirmHandover(
      world.as(team.courier),
      out.deliveryId,
      aHandover(world, {
        proof: "secret",
        secret: out.secret.digits,
        items: [{ itemId: world.system.newId(), quantity: 1n }],
      }),
    ),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await confirmHandover(world.as(team.courier), out.deliveryId, part(3n));
  expect(await units(db, out.line.id)).toBe("0 2 3");
  await expectChecksHold(db);
});

test("nobody acknowledges: after seven days it is marked once, and stays unconfirmed until a person says so", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team);
  const marks = () =>
    db
      .select()
      .from(journal)
      .where(and(eq(journal.event, "delivery.overdue"), eq(journal.entityId, out.deliveryId)));
  world.clock.advance({ days: 6 });
  await markUnconfirmed(world.system);
  expect(await marks()).toEqual([]);
  world.clock.advance({ days: 2 });
  await Promise.all([markUnconfirmed(world.system), markUnconfirmed(world.system)]);
  expect(await markUnconfirmed(world.system)).toBe(0);
  expect(await stored(db, out.deliveryId)).toMatchObject({ state: "handed_over" });
  expect(await marks()).toMatchObject([{ actorRole: "system", toState: "handed_over" }]);
  await acknowledgeDelivery(world.as(team.colleague), out.deliveryId);
  expect((await stored(db, out.deliveryId)).state).toBe("confirmed");
  await expectChecksHold(db);
});

test("whoever delivered it does not acknowledge it, and another town never does", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const wish = await aStockedWish(world, team);
  const { deliveryId } = await packDelivery(world.as(team.storekeeper), {
    needId: wish.needId,
    pointId: team.point.id,
    requestKey: world.system.newId(),
  });
  await dispatchDelivery(world.as(team.storekeeper), deliveryId, { courierId: team.colleague.userId });
  const { digits } = await showSecret(world.as(team.reviewer), deliveryId);
  await confirmHandover(
    world.as(team.colleague),
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  await expect(acknowledgeDelivery(world.as(team.colleague), deliveryId)).rejects.toMatchObject({
    code: "FOUR_EYES",
  });
  for (const person of [elsewhere.caseworker, team.storekeeper, await aDonor(world)])
    await expect(acknowledgeDelivery(world.as(person), deliveryId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  await acknowledgeDelivery(world.as(team.reviewer), deliveryId);
});

test("the recipient says that it did not come: it is a doubt, not a confirmation, until somebody can confirm it", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await handedOver(world, team);
  await acknowledgeDelivery(world.as(team.colleague), out.deliveryId, {
    said: "did_not_come",
    occurredAt: world.clock.now(),
  });
  expect(await stored(db, out.deliveryId)).toMatchObject({ state: "handed_over" });
  expect((await stored(db, out.deliveryId)).disputedAt).not.toBeNull();
  await acknowledgeDelivery(world.as(team.reviewer), out.deliveryId);
  expect(await stored(db, out.deliveryId)).toMatchObject({ state: "confirmed", disputedAt: null });
  await expectChecksHold(db);
});
