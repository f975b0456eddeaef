import { expect } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { openDelivery } from "~/domain/delivery/openDelivery.server";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { FIELDS, MAY_OPEN } from "~/domain/households/visibility";
import { aHandover, aParcelOut, aStockedWish, onTheWay } from "../../factories/delivery";
import { aPerson, aTeam } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { test } from "../../support/database";
import { aWorld } from "../../support/world";

test("a parcel is opened by the courier who carries it, and by no other courier, storekeeper or caseworker", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { deliveryId } = await aParcelOut(world, team);
  const other = await aPerson(world, { role: "courier", scope: { kind: "city" } });
  expect((await carriedDelivery(world.as(team.courier), deliveryId)).delivery.id).toBe(deliveryId);
  for (const stranger of [other, team.storekeeper, team.caseworker, team.operator]) {
    await expect(carriedDelivery(world.as(stranger), deliveryId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(openDelivery(world.as(stranger), deliveryId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("a courier opens where to bring the parcel and nothing else of the record, and that only while it is out", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const person = { name: "演示甲", phone: "19900001234", address: "演示路 1 号", illness: "哮喘", idNumber: "11010519491231002X", school: "演示小学", income: "每月 900 元" };
  const household = { townCode: team.point.townCode, kind: "household" as const, heads: 2, groupCode: "dibao", ageBand: "6_to_13" as const, person };
  const wish = await aStockedWish(world, team, { household });
  const { id } = await householdOfNeed(world, wish.needId);
  await expect(openRecord(world.as(team.courier), { householdId: id, reason: "deliver" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { deliveryId } = await onTheWay(world, team, wish.needId);
  await openDelivery(world.as(team.courier), deliveryId);
  expect((await readOpened(world.as(team.courier), id))?.fields).toEqual({ name: person.name, phone: person.phone, address: person.address });
  await openRecord(world.as(team.caseworker), { householdId: id, reason: "deliver" });
  expect((await readOpened(world.as(team.caseworker), id))?.fields).toMatchObject({ illness: person.illness, idNumber: person.idNumber });
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

test("once a new secret is shown, neither the old four digits nor the old slip hand anything over", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  let fresh = await showSecret(world.as(team.colleague), out.deliveryId);
  while (fresh.digits === out.secret.digits) fresh = await showSecret(world.as(team.colleague), out.deliveryId);
  for (const secret of [out.secret.digits, out.secret.token]) {
    await expect(confirmHandover(world.as(team.courier), out.deliveryId, aHandover(world, { proof: "secret", secret }))).rejects.toMatchObject({ code: "SECRET_WRONG" });
  }
  await confirmHandover(world.as(team.courier), out.deliveryId, aHandover(world, { proof: "secret", secret: fresh.digits }));
});
