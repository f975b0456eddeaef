import { randomBytes } from "node:crypto";
import { eq, getTableName, sql } from "drizzle-orm";
import { expect } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { deliveryOfToken } from "~/domain/delivery/showSecret.server";
import { handOverAnswers, openHandedAnswers } from "~/domain/finder/handOver.server";
import { findHouseholds } from "~/domain/households/queries.server";
import { askNewPassword } from "~/domain/identity/forgottenPassword.server";
import { invitationPage, inviteStaff, openInvitations } from "~/domain/identity/invitations.server";
import { isOpen } from "~/domain/identity/oneTimeLinks.server";
import { recoveryCodesLeft } from "~/domain/identity/secondStep.server";
import { beginSignInStep, signInStepWaits } from "~/domain/identity/signInSteps.server";
import { takeProof } from "~/domain/identity/stepProofs.server";
import { inTransaction } from "~/domain/kernel/context.server";
import { type Keyring, readKeyring } from "~/domain/kernel/sealing.server";
import { capOf } from "~/domain/needs/cap.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { importWishes } from "~/domain/needs/imports/importWishes.server";
import { duplicatesOf } from "~/domain/needs/submitNeed.server";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { forgetOverdue } from "~/domain/retention/forgetOverdue.server";
import { HASHED } from "~/domain/sealed/hashedColumns.server";
import { rehash, underOlderKeys } from "~/domain/sealed/rehash.server";
import { households } from "~db/schema/households";
import { journal } from "~db/schema/journal";
import { needs } from "~db/schema/needs";
import { HERE, sentLink, somebody } from "../../factories/accounts";
import { aHandover, aParcelOut } from "../../factories/delivery";
import { aPublishedWish, aVerifiedWish, aWishInput } from "../../factories/needs";
import { aPerson, aTeam, GUZHEN, SHIQI, type Team } from "../../factories/people";
import { householdOfNeed } from "../../factories/requests";
import { aPhone, asCode } from "../../factories/steps";
import { aTable } from "../../factories/tables";
import { test } from "../../support/database";
import { aWorld, type World } from "../../support/world";

const PERSON = { name: "甄演换", phone: "19900017373", idNumber: "11010519491231002X" };
const withKeys = (world: World, keys: Keyring): World => ({
  ...world,
  as: (actor) => ({ ...world.as(actor), keys }),
  system: { ...world.system, keys },
});

/** The same world with a new key before its own, and with the new key alone. */
function changed(world: World) {
  const { keys } = world.system;
  const fresh = new Map([["2026", randomBytes(32)]]);
  return {
    both: withKeys(world, { ...keys, hashKeys: new Map([...fresh, ...keys.hashKeys]) }),
    alone: withKeys(world, { ...keys, hashKeys: fresh }),
  };
}

const wishOf = (world: World, town: string, person = PERSON) => {
  const input = aWishInput(world, {
    townCode: town,
    heads: 1,
    lines: [{ quantity: 1n, unitPriceFen: 10_000n }],
  });
  return { ...input, household: { ...input.household, person } };
};

async function whyDuplicates(world: World, team: Team, person = PERSON): Promise<string[]> {
  const { needId } = await draftWish(world.as(team.caseworker), wishOf(world, team.point.townCode, person));
  return (await duplicatesOf(world.as(team.caseworker), needId)).map((duplicate) => duplicate.why).toSorted();
}

const table = () => {
  const rows = [
    "title_zh,item_zh,quantity,unit_zh,est_value_cny,group_zh,town_zh,story_zh,object_kind,sealed_name,row_key",
  ];
  rows.push(
    "一盏台灯,护眼台灯,2,盏,300,困境儿童,石岐街道,晚上写字光线暗。,lamp,甄演灯,a1",
    "一个书包,双肩书包,1,个,120,困境儿童,石岐街道,书包坏了。,bag,甄演包,",
  );
  return aTable({ name: "wishes.csv", bytes: Buffer.from(`\uFEFF${rows.join("\r\n")}`) }, WISH_TABLE);
};

const importing = (world: World, team: Team) =>
  importWishes(world.as(team.caseworker), {
    fileName: "wishes.csv",
    table: table(),
    townCode: SHIQI,
    write: true,
  });

const all = async (world: World) => {
  const told = [];
  for await (const kind of rehash(world.system)) told.push(kind);
  return told;
};

/** How many are found by an older key alone, kind by kind. */
const left = async (world: World) =>
  Object.fromEntries((await underOlderKeys(world.system)).map(({ what, count }) => [what, count]));

/** Everything of which the portal keeps a keyed hash. */
async function aLivingWorld(world: World) {
  const team = await aTeam(world);
  const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
  const wished = wishOf(world, SHIQI);
  const wish = await draftWish(world.as(team.caseworker), wished);
  const who = await somebody(world);
  const phone = await aPhone(world, who);
  for (let tries = 0; tries < 3; tries += 1)
    await askNewPassword(world.system, { email: who.email, ...HERE });
  const asks = await somebody(world, "另一个");
  await askNewPassword(world.system, { email: asks.email, ...HERE });
  const link = await sentLink(world, "passwordLink", asks.email);
  await inviteStaff(world.as(admin), { email: "new@example.org", role: "auditor", where: { kind: "city" } });
  const invitation = await sentLink(world, "invited", "new@example.org");
  const step = await beginSignInStep(world.system, who.userId);
  const { code } = await handOverAnswers(world.as({ kind: "visitor" }), {
    answers: { age: ["72"] },
    ...HERE,
  });
  const slips = [await aParcelOut(world, team), await aParcelOut(world, team)] as const;
  await importing(world, team);
  return {
    team,
    there: await aTeam(world, GUZHEN),
    admin,
    wished,
    wish,
    who,
    phone,
    link,
    invitation,
    step,
    code,
    slips,
  };
}

const steps = (world: World) => world.db.$count(journal);
const wishes = (world: World) => world.db.$count(needs);

test("every column of keyed hashes is in the list of what a new key is to find", async ({ db }) => {
  const columns = await db.execute<{ name: string }>(
    sql`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and (column_name like '%\\_hash' or column_name like 'import\\_%') and table_name <> 'view'`,
  );
  // A password's argon2, and the plain hashes of a tracking token and of a challenge, are made without the
  // key.
  const others = ["credential.password_hash", "gift.track_token_hash", "passkey_challenge.challenge_hash"];
  const known = HASHED.flatMap((kind) =>
    kind.columns.map((column) => `${getTableName(column.table)}.${column.name}`),
  );
  expect(columns.map(({ name }) => name).toSorted()).toEqual([...known, ...others].toSorted());
});

test("a new key before the old one: at no moment is anything lost, missed or done twice; what is hashed anew is found by the new key alone", async ({
  db,
}) => {
  const world = aWorld(db);
  const made = await aLivingWorld(world);
  const { team, there, who, phone, slips } = made;
  const { both, alone } = changed(world);

  // Nothing is hashed anew yet: what is kept under the old key is found, and what is written now is hashed by
  // the new one.
  expect(await findHouseholds(both.as(team.colleague), "甄演换")).toHaveLength(1);
  expect(await findHouseholds(both.as(team.colleague), PERSON.phone)).toHaveLength(1);
  expect(await whyDuplicates(both, there)).toEqual(["id_number"]);
  expect((await db.select().from(households)).map(({ hashKey }) => hashKey)).toContain("2026");
  expect(await whyDuplicates(both, there, { ...PERSON, name: "别名" })).toEqual(["id_number", "id_number"]);
  expect(await isOpen(both.system, made.link, "password")).toBe(true);
  expect((await invitationPage(both.system, made.invitation))?.role).toBe("auditor");
  expect((await signInStepWaits(both.system, made.step)).waits).toBe(true);
  expect(await deliveryOfToken(both.as(team.courier), slips[0].secret.token)).toBe(slips[0].deliveryId);
  await confirmHandover(
    both.as(team.courier),
    slips[0].deliveryId,
    aHandover(world, { proof: "secret", secret: slips[0].secret.digits }),
  );
  const written = asCode(phone.codes[0] ?? "");
  const takes = (there: World, code = written) =>
    inTransaction(there.system, (tx) => takeProof(tx, there.system, who.userId, code, { sessionId: "none" }));
  expect(await takes(both)).toBe("right");
  expect(await takes(both)).toBe("wrong");
  expect(await recoveryCodesLeft(both.as(who))).toBe(9);

  // The same request once more is answered, not done; with another input it is refused.
  const before = await wishes(world);
  expect(await draftWish(both.as(team.caseworker), made.wished)).toEqual(made.wish);
  await expect(draftWish(both.as(team.caseworker), { ...made.wished, title: "别的" })).rejects.toMatchObject({
    code: "REQUEST_KEY_REUSED",
  });
  const again = await importing(both, team);
  expect(again.made).toEqual([]);
  expect(again.skipped.map(({ reason }) => reason)).toEqual(["already", "already"]);
  expect(await wishes(world)).toBe(before);

  // Three asked before, two more now: five are all that an hour has, whatever the key.
  const ask = (there: World) => askNewPassword(there.system, { email: who.email, ...HERE });
  for (let tries = 0; tries < 2; tries += 1) await ask(both);
  await expect(ask(both)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(ask(world)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });

  // An invitation of the same address ends the earlier one.
  await inviteStaff(both.as(made.admin), {
    email: "new@example.org",
    role: "auditor",
    where: { kind: "city" },
  });
  expect(await openInvitations(both.as(made.admin))).toHaveLength(1);
  const invitation = await sentLink(both, "invited", "new@example.org");

  const journalled = await steps(world);
  const older = await db.$count(households, eq(households.hashKey, ""));
  const brokenOff = rehash(both.system);
  await brokenOff.next();
  await brokenOff.return(undefined);
  const [one, two] = await Promise.all([all(both), all(both)]);
  expect([...one, ...two].flatMap(({ failed }) => failed)).toEqual([]);
  expect(older).toBeGreaterThan(3);
  expect((await db.select().from(households)).map(({ hashKey }) => hashKey)).not.toContain("");
  expect(await steps(world)).toBe(journalled);
  const remain = {
    "links for a new account, password or address": 1,
    "sign-ins that wait for the second step": 1,
    "answers of the finder that were handed over": 1,
    "answers to requests": expect.any(Number) as number,
    "recovery codes": 9,
    "slips of parcels that are on their way": 1,
    "counted tries": expect.any(Number) as number,
  };
  expect(await left(both)).toEqual(remain);
  expect(await left(alone)).toEqual(remain);

  // The new key alone: people are found, the file is known, what was named is over and opens nothing.
  expect(await findHouseholds(alone.as(team.colleague), "甄演换")).toHaveLength(1);
  expect(await whyDuplicates(alone, team)).toEqual(["id_number", "id_number", "id_number"]);
  expect((await importing(alone, team)).made).toEqual([]);
  expect((await invitationPage(alone.system, invitation))?.role).toBe("auditor");
  expect(await isOpen(alone.system, made.link, "password")).toBe(false);
  expect((await signInStepWaits(alone.system, made.step)).waits).toBe(false);
  expect(await takes(alone, asCode(phone.codes[1] ?? ""))).toBe("wrong");
  expect(await recoveryCodesLeft(alone.as(who))).toBe(0);
  expect(await deliveryOfToken(alone.as(team.courier), slips[1].secret.token)).toBeUndefined();
  await expect(openHandedAnswers(alone.as(team.caseworker), made.code)).rejects.toMatchObject({
    code: "CODE_UNKNOWN",
  });
  // Never done twice: whoever sends it once more is refused.
  const now = await wishes(world);
  await expect(draftWish(alone.as(team.caseworker), made.wished)).rejects.toMatchObject({
    code: "REQUEST_KEY_REUSED",
  });
  expect(await wishes(world)).toBe(now);

  // With the old key behind it all of that opens again; and its days pass.
  expect((await openHandedAnswers(both.as(team.caseworker), made.code)).answers).toEqual({ age: ["72"] });
  const last = Math.max(...(await underOlderKeys(both.system)).map(({ until }) => until?.getTime() ?? 0));
  world.clock.advance({ days: Math.ceil((last - world.clock.now().getTime()) / 86_400_000) + 1 });
  await forgetOverdue(both.system);
  expect(await left(both)).toEqual({ "recovery codes": 9, "slips of parcels that are on their way": 1 });
});

test("the cap counts one person's wishes under whichever key they were written, also between copies that do not have the new key first yet", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const { both } = changed(world);
  const [fresh = ["", Buffer.alloc(0)]] = both.system.keys.hashKeys;
  const behind = withKeys(world, {
    ...world.system.keys,
    hashKeys: new Map([...world.system.keys.hashKeys, fresh]),
  });
  const valueOf = async (where: World, needId: string) => {
    const { id } = await householdOfNeed(where, needId);
    return (
      await inTransaction(where.system, (tx) => capOf(tx, where.system, { id: needId, householdId: id }))
    ).valueFen;
  };

  await aPublishedWish(world, team, wishOf(world, SHIQI));
  const second = await aVerifiedWish(both, team, wishOf(world, SHIQI));
  const third = await aVerifiedWish(behind, team, wishOf(world, SHIQI));
  expect([
    await valueOf(both, second.needId),
    await valueOf(behind, second.needId),
    await valueOf(both, third.needId),
  ]).toEqual([20_000n, 20_000n, 20_000n]);
  // Half of it hashed anew by one copy, the rest by the other.
  await all(both);
  expect([await valueOf(both, third.needId), await valueOf(behind, third.needId)]).toEqual([
    20_000n,
    20_000n,
  ]);

  // Counted by both, in whichever order their keys stand.
  const email = "asked@example.org";
  for (const where of [both, behind, both, behind, both])
    await askNewPassword(where.system, { email, ...HERE });
  for (const where of [both, behind, world])
    await expect(askNewPassword(where.system, { email, ...HERE })).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
});

test("a household's hashes and the key that it names are of one kind, and a key in settings that is none is said in words", async ({
  db,
  owner,
}) => {
  const world = aWorld(db);
  await draftWish(world.as((await aTeam(world)).caseworker), wishOf(world, SHIQI));
  for (const set of [
    "hash_key = '2026'",
    "name_hash = '2026:' || name_hash",
    "phone_hash = 'other:x'",
    "id_hash = '2026:x', hash_key = '2026'",
  ])
    await expect(owner.unsafe(`update household set ${set}`), set).rejects.toThrow(/household_hash_key/);
  const key = () => randomBytes(32).toString("base64");
  const [data, one] = [`k:${key()}`, key()];
  expect([...readKeyring(data, `2026:${key()}, ${one}`).hashKeys.keys()]).toEqual(["2026", ""]);
  for (const [keys, says] of [
    [`${key()},${one}`, /two keys without an id/],
    [`a:${key()},a:${one}`, /two keys with the id "a"/],
    [`a:${one},${one}`, /the same key twice/],
    [`a:${one},`, /HASH_KEY must be base64 of at least 32 bytes/],
    [`a b:${one}`, /HASH_KEY must be/],
    ["a:c2hvcnQ=", /HASH_KEY must be/],
  ] as const)
    expect(() => readKeyring(data, keys), keys).toThrow(says);
});
