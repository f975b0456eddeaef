import { randomBytes } from "node:crypto";
import { eq, getTableName, sql } from "drizzle-orm";
import { expect } from "vitest";
import { openCallBack } from "~/domain/callBacks/answerCallBack.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { placeOfWords } from "~/domain/delivery/feedback.server";
import { handOverAnswers, openHandedAnswers } from "~/domain/finder/handOver.server";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { askMailChange } from "~/domain/identity/changeAccount.server";
import { askEntryCode, passEntryCode } from "~/domain/identity/entryCodes.server";
import { inviteStaff } from "~/domain/identity/invitations.server";
import { beginSecondStep } from "~/domain/identity/secondStep.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { type Keyring, seal, unseal } from "~/domain/kernel/sealing.server";
import { openReports } from "~/domain/lists/desk/deskQueries.server";
import { reportItem } from "~/domain/lists/desk/reportItem.server";
import { readUnfinished, startUnfinished } from "~/domain/needs/unfinished.server";
import { readWords } from "~/domain/needs/words.server";
import { answersUnderOldKeys, reseal } from "~/domain/sealed/reseal.server";
import { SEALED_COLUMNS, UNDER_HOUSEHOLDS } from "~/domain/sealed/sealedColumns.server";
import { feedbacks } from "~db/schema/delivery";
import { donorProfiles } from "~db/schema/identity";
import { needs } from "~db/schema/needs";
import { storedFiles } from "~db/schema/reference";
import { HERE, PASSWORD, somebody } from "../../factories/accounts";
import { aCallBack, anAnsweredCallBack } from "../../factories/callBacks";
import { aHandover, aParcelOut } from "../../factories/delivery";
import { importRowsOf, manyRows } from "../../factories/imports";
import { aStage } from "../../factories/letters";
import { aPublishedItem } from "../../factories/lists";
import { anOrganisation, aPublishedOrganisationNeed } from "../../factories/organisationNeeds";
import { aPerson, aTeam, SHIQI } from "../../factories/people";
import { test } from "../../support/payments";
import type { World } from "../../support/world";

const nameOf = ({ column }: (typeof SEALED_COLUMNS)[number]) =>
  `${getTableName(column.table)}.${column.name}`;
const NAMES = SEALED_COLUMNS.map(nameOf);

/** How many values of each column lie under each key. */
async function underKeys(world: World): Promise<Record<string, Record<string, number>>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const sealed of SEALED_COLUMNS) {
    const rows = await world.db.execute<{ key: string; n: number }>(
      sql`select split_part(${sealed.column}, ':', 2) as key, count(*)::int as n from ${sealed.column.table} where ${sealed.column} is not null group by 1`,
    );
    counts[nameOf(sealed)] = Object.fromEntries(rows.map(({ key, n }) => [key, n]));
  }

  return counts;
}

/** Somebody's values in every such column, each sealed by the use case that seals it. */
async function everythingSealed(world: World, desk: Parameters<typeof aStage>[1]) {
  const stage = await aStage(world, desk, "zh-Hans");
  const team = await aTeam(world);
  const { organisation, member } = await anOrganisation(world);
  const lines = [
    {
      objectKind: "bag",
      item: "工具包",
      quantity: "2",
      unitCode: "piece",
      unitPriceFen: "150",
      details: "要红的",
    },
  ];
  const wanted = await aPublishedOrganisationNeed(world, await member("org_editor"), organisation.id, {
    lines,
  });
  const out = await aParcelOut(world, team);
  await confirmHandover(
    world.as(team.courier),
    out.deliveryId,
    aHandover(world, { proof: "two_witnesses", witnessId: team.colleague.userId, secondWitness: "邻居黄姨" }),
  );
  const donor = await somebody(world, "要换邮箱的人");
  await beginSecondStep(world.as(donor), { password: PASSWORD, ...HERE });
  await askMailChange(world.as(donor), { email: "moves@example.org", password: PASSWORD, ...HERE });
  await inviteStaff(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })), {
    email: "new@example.org",
    role: "auditor",
    where: { kind: "city" },
  });
  const visitor = world.as({ kind: "visitor" });
  const { token } = await askEntryCode(visitor, { kind: "phone", address: "13800138000" }, HERE);
  await passEntryCode(visitor, token, String(world.texts.at(-1)?.data["code"]), HERE);
  await askEntryCode(visitor, { kind: "phone", address: "13800138001" }, HERE);
  await importRowsOf(world.as(team.caseworker), manyRows(AT_ONCE + 1, "封"), { townCode: SHIQI });
  const itemCode = await aPublishedItem(world, team.operator);
  await reportItem(world.as({ kind: "visitor" }), {
    itemCode,
    kind: "phone",
    words: "打了三次没人接",
    requestKey: world.system.newId(),
    clientAddress: "192.0.2.8",
  });
  const { code } = await handOverAnswers(world.as({ kind: "visitor" }), {
    answers: { age: ["72"] },
    clientAddress: "192.0.2.9",
  });
  const draft = await startUnfinished(world.as(team.caseworker), {
    kind: "wish",
    typed: { title: "一盏台灯" },
    requestKey: world.system.newId(),
  });
  await anAnsweredCallBack(world, team.caseworker, "下周再联系");
  // What is heard of an organisation's own need is no household's.
  const [feedback] = await world.db.select().from(feedbacks);
  const feedbackId = feedback?.id ?? "";
  await world.db
    .update(feedbacks)
    .set({ wordsSealed: seal(world.system.keys, placeOfWords(feedbackId), "都说好用") })
    .where(eq(feedbacks.id, feedbackId));
  return {
    stage,
    team,
    wanted,
    donor,
    itemCode,
    code,
    draft,
    feedbackId,
    callBackId: await aCallBack(world, "想问低保"),
    fileId: await aPicture(world, out.deliveryId, team.courier.userId),
  };
}

/** A picture as that of an organisation's delivery lies on the disk. */
async function aPicture(world: World, aboutId: string, uploadedBy: string): Promise<string> {
  const id = world.system.newId();
  const { sha256 } = await world.system.ports.files.put(
    Buffer.from(seal(world.system.keys, `stored_file:${id}`, "a picture"), "utf8"),
  );
  await world.db.insert(storedFiles).values({
    id,
    sha256,
    mediaType: "image/jpeg",
    bytes: 9,
    purpose: "handover_photo",
    aboutId,
    uploadedBy,
    uploadedAt: world.clock.now(),
  });
  return id;
}

const pictureOf = async (world: World, id: string): Promise<string> => {
  const [row] = await world.db.select().from(storedFiles).where(eq(storedFiles.id, id));
  const kept = await world.system.ports.files.get(row?.sha256 ?? "");
  return unseal(world.system.keys, `stored_file:${id}`, Buffer.from(kept ?? []).toString("utf8"));
};

const withKeys = (world: World, keys: Keyring): World => ({
  ...world,
  as: (actor) => ({ ...world.as(actor), keys }),
  system: { ...world.system, keys },
});

test("every sealed column is sealed anew, or says why not", async ({ db }) => {
  const columns = await db.execute<{ name: string }>(
    sql`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and (column_name like '%\\_sealed' or column_name like '%\\_wrapped')`,
  );
  expect(columns.map(({ name }) => name).toSorted()).toEqual(
    [...NAMES, ...UNDER_HOUSEHOLDS, "request_key.result_sealed"].toSorted(),
  );
});

test("after a new key everything is sealed under it, broken off and begun again, twice at once; the old one is then needed by nobody", async ({
  world,
  desk,
}) => {
  const made = await everythingSealed(world, desk);
  const old = world.system.keys;
  for (const [name, keys] of Object.entries(await underKeys(world)))
    expect(keys["test"] ?? 0, `${name} is sealed by nobody here`).toBeGreaterThan(0);
  for (const name of UNDER_HOUSEHOLDS) {
    const [table = "", column = ""] = name.split(".");
    expect(
      await world.db.execute(
        sql`select 1 from ${sql.identifier(table)} where split_part(${sql.identifier(column)}, ':', 2) <> 'own'`,
      ),
      name,
    ).toEqual([]);
  }

  const fresh = randomBytes(32);
  const both = withKeys(world, {
    ...old,
    currentKeyId: "fresh",
    masterKeys: new Map([["fresh", fresh], ...old.masterKeys]),
  });
  const alone = withKeys(world, { ...old, currentKeyId: "fresh", masterKeys: new Map([["fresh", fresh]]) });
  const brokenOff = reseal(both.system, 3);
  for (let kinds = 0; kinds < 4; kinds += 1) await brokenOff.next();
  await brokenOff.return(undefined);
  const all = async () => {
    const told = [];
    for await (const kind of reseal(both.system, 3)) told.push(kind);
    return told;
  };

  const [one, two] = await Promise.all([all(), all()]);
  expect([...one, ...two].flatMap(({ failed }) => failed)).toEqual([]);
  for (const [name, keys] of Object.entries(await underKeys(world)))
    expect(
      Object.keys(keys).filter((key) => key !== "own"),
      name,
    ).toEqual(["fresh"]);
  expect((await all()).map(({ resealed }) => resealed)).toEqual(one.map(() => 0));

  // With the new key alone, each is read where it is read.
  const { team, wanted, code, draft, itemCode, donor, stage, feedbackId, callBackId, fileId } = made;
  expect((await openCallBack(alone.as(team.caseworker), callBackId)).words).toBe("想问低保");
  expect(await pictureOf(alone, fileId)).toBe("a picture");
  const [need] = await world.db.select().from(needs).where(eq(needs.id, wanted.needId));
  expect((need && (await world.db.transaction((tx) => readWords(tx, alone.system, need))))?.title).toBe(
    "给独居老人家里装扶手",
  );
  const [wish] = await world.db.select().from(needs).where(eq(needs.id, stage.wish.needId));
  await openRecord(alone.as(stage.team.caseworker), {
    householdId: wish?.householdId ?? "",
    reason: "deliver",
  });
  expect(
    (await readOpened(alone.as(stage.team.caseworker), wish?.householdId ?? ""))?.fields.name,
  ).toBeTruthy();
  expect((await readUnfinished(alone.as(team.caseworker), draft.needId))?.typed).toEqual({
    title: "一盏台灯",
  });
  expect((await openHandedAnswers(alone.as(team.caseworker), code)).answers).toEqual({ age: ["72"] });
  expect((await openReports(alone.as(team.operator), itemCode))[0]?.words).toBe("打了三次没人接");
  const [profile] = await world.db.select().from(donorProfiles).where(eq(donorProfiles.userId, donor.userId));
  expect(unseal(alone.system.keys, `donor_profile.phone:${donor.userId}`, profile?.phoneSealed ?? "")).toBe(
    "19900001234",
  );
  const [heard] = await world.db.select().from(feedbacks).where(eq(feedbacks.id, feedbackId));
  expect(unseal(alone.system.keys, placeOfWords(feedbackId), heard?.wordsSealed ?? "")).toBe("都说好用");

  // Answers are written once: how many still need the old key is said, and until when.
  const left = await answersUnderOldKeys(both.system);
  expect(left.answers).toBeGreaterThan(0);
  expect(left.last?.getTime()).toBeLessThanOrEqual(world.clock.now().getTime());
  expect(await answersUnderOldKeys(world.system)).toEqual({ answers: 0, last: undefined });
});

test("what no key opens is named and keeps nothing behind it; only the portal itself seals anew", async ({
  world,
  desk,
}) => {
  const { draft } = await everythingSealed(world, desk);
  const fresh = randomBytes(32);
  const keys = {
    ...world.system.keys,
    currentKeyId: "fresh",
    masterKeys: new Map([["fresh", fresh], ...world.system.keys.masterKeys]),
  };
  const [first] = await world.db.execute<{ id: string }>(
    sql`update need_draft set form_sealed = 'v1:lost:x:x:x' where id = ${draft.needId} returning id`,
  );
  const failed: (readonly [string, string])[] = [];
  for await (const kind of reseal({ ...world.system, keys }, 2))
    failed.push(...kind.failed.map((id) => [kind.what, id] as const));
  expect(failed).toEqual([["need_draft.form_sealed", first?.id]]);
  await expect(
    reseal(world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } }))).next(),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
});
