import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { openDelivery } from "~/domain/delivery/openDelivery.server";
import { deliverersFor, witnessesFor } from "~/domain/delivery/people.server";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { FIELDS, MAY_OPEN } from "~/domain/households/visibility";
import { appUsers, roleGrants } from "~db/schema/identity";
import { aHandover, aParcelOut, aStockedWish, onTheWay } from "../../factories/delivery";
import { aPerson, aTeam, GUZHEN } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("a parcel is opened by the courier who carries it, and by no other courier, storekeeper or caseworker", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { deliveryId } = await aParcelOut(world, team);
  const other = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  expect((await carriedDelivery(world.as(team.courier), deliveryId)).delivery.id).toBe(deliveryId);
  for (const stranger of [other, team.storekeeper, team.caseworker, team.operator]) {
    await expect(carriedDelivery(world.as(stranger), deliveryId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(openDelivery(world.as(stranger), deliveryId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("a courier opens where to bring the parcel and nothing else of the record, and that only while it is out", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const person = {
    name: "演示甲",
    phone: "19900001234",
    address: "演示路 1 号",
    illness: "哮喘",
    idNumber: "11010519491231002X",
    school: "演示小学",
    income: "每月 900 元",
  };
  const household = {
    townCode: team.point.townCode,
    kind: "household" as const,
    heads: 2,
    groupCode: "dibao",
    ageBand: "6_to_13" as const,
    person,
  };
  const wish = await aStockedWish(world, team, { household });
  const { id } = await householdOfNeed(world, wish.needId);
  await expect(
    openRecord(world.as(team.courier), { householdId: id, reason: "deliver" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { deliveryId } = await onTheWay(world, team, wish.needId);
  await openDelivery(world.as(team.courier), deliveryId);
  expect((await readOpened(world.as(team.courier), id))?.fields).toEqual({
    name: person.name,
    phone: person.phone,
    address: person.address,
  });
  await openRecord(world.as(team.caseworker), { householdId: id, reason: "deliver" });
  expect((await readOpened(world.as(team.caseworker), id))?.fields).toMatchObject({
    illness: person.illness,
    idNumber: person.idNumber,
  });
});

test("the table of who may open what is the one that was agreed", () => {
  expect(MAY_OPEN).toEqual({
    public: [],
    donor: [],
    finance: [],
    carrier: ["name", "phone", "address"],
    town: [...FIELDS],
    operator: [...FIELDS],
    auditor: [...FIELDS],
  });
});

test("once a new secret is shown, neither the old four digits nor the old slip hand anything over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  let fresh = await showSecret(world.as(team.colleague), out.deliveryId);
  while (fresh.digits === out.secret.digits)
    fresh = await showSecret(world.as(team.colleague), out.deliveryId);
  for (const secret of [out.secret.digits, out.secret.token]) {
    await expect(
      confirmHandover(world.as(team.courier), out.deliveryId, aHandover(world, { proof: "secret", secret })),
    ).rejects.toMatchObject({ code: "SECRET_WRONG" });
  }

  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "secret", secret: fresh.digits }),
  );
});

test("for a parcel couriers and the town's own caseworkers can be named; as witness also the town's reviewers and the point's storekeepers, never oneself; nobody whose role or account has ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const [team, elsewhere] = [await aTeam(world), await aTeam(world, GUZHEN)];
  const { townCode, id: pointId } = team.point;
  const ids = (people: readonly { userId: string }[]) => people.map(({ userId }) => userId).sort();
  const both = await aPerson(
    world,
    { role: "courier", scope: { kind: "city" } },
    { role: "caseworker", scope: { kind: "town", id: townCode } },
  );
  const couriers = [team.courier.userId, elsewhere.courier.userId, both.userId];
  const ofTown = [team.caseworker.userId, team.colleague.userId];
  const named = () => deliverersFor(db, townCode);
  expect(ids(await named())).toEqual([...couriers, ...ofTown].sort());
  expect((await named()).filter(({ isCourier }) => isCourier).map(({ userId }) => userId)).toEqual(
    expect.arrayContaining(couriers),
  );
  expect((await named()).filter(({ isCourier }) => isCourier)).toHaveLength(3);

  const witnesses = async (asks: string) => ids(await witnessesFor(db, { townCode, pointId }, asks));
  const all = [...couriers, ...ofTown, team.reviewer.userId, team.storekeeper.userId];
  expect(await witnesses(team.courier.userId)).toEqual(
    all.filter((userId) => userId !== team.courier.userId).sort(),
  );
  expect(await witnesses(team.operator.userId)).toEqual([...all].sort());

  await db
    .update(roleGrants)
    .set({ revokedAt: world.clock.now() })
    .where(eq(roleGrants.userId, team.colleague.userId));
  await db.update(appUsers).set({ disabledAt: world.clock.now() }).where(eq(appUsers.id, both.userId));
  const gone = [team.colleague.userId, both.userId];
  expect(ids(await named()).filter((userId) => gone.includes(userId))).toEqual([]);
  expect((await witnesses(team.operator.userId)).filter((userId) => gone.includes(userId))).toEqual([]);
});
