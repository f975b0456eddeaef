import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { acknowledgeDelivery } from "~/domain/delivery/acknowledgeDelivery.server";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { decidePhoto, keepPhoto, readFile } from "~/domain/delivery/photos.server";
import { openRecord } from "~/domain/households/openRecord.server";
import { FilesDown } from "~/domain/kernel/ports";
import { closeNeed } from "~/domain/needs/endNeed.server";
import { cleanPhoto } from "~/integrations/storage/cleanPhoto.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { needs } from "~db/schema/needs";
import { storedFiles } from "~db/schema/reference";
import { aHandover, aParcelOut } from "../../factories/delivery";
import { aDonor, aTeam, GUZHEN } from "../../factories/people";
import { anErasure } from "../../factories/requests";
import { test } from "../../support/database";
import { aFolder } from "../../support/folders";
import { aWorld } from "../../support/world";

/** A photo of a box at a door, as a phone writes it: turned on its side, with place and device inside. */
const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: "#b3261e" } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "CANARY-DEVICE" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "22/1 31/1 0/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "113/1 23/1 0/1",
      },
    })
    .jpeg()
    .toBuffer();

test("what a photo carried along is gone: place, device, direction; the picture stands upright", async () => {
  const sent = await aPhoto();
  expect(sent.includes("CANARY-DEVICE")).toBe(true);
  expect(await sharp(sent).metadata()).toMatchObject({ orientation: 6, width: 40, height: 30 });
  const kept = Buffer.from((await cleanPhoto(sent)) ?? []);
  const { exif, icc, xmp, iptc, format, width, height } = await sharp(kept).metadata();
  expect({ exif, icc, xmp, iptc, format, width, height }).toEqual({
    exif: undefined,
    icc: undefined,
    xmp: undefined,
    iptc: undefined,
    format: "jpeg",
    width: 30,
    height: 40,
  });
  expect(kept.includes("CANARY")).toBe(false);
});

test("what hides behind or inside a picture does not come along", async () => {
  const hidden = Buffer.concat([
    await aPhoto(),
    Buffer.from("PK\u0003\u0004CANARY-ARCHIVE<script>alert(1)</script>"),
  ]);
  const kept = Buffer.from((await cleanPhoto(hidden)) ?? []);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.includes("CANARY")).toBe(false);
  expect(kept.includes("<script>")).toBe(false);
});

test("nothing but a whole JPEG, PNG or WebP is a photo, whatever it says of itself", async () => {
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>`,
  );
  const gif = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .gif()
    .toBuffer();
  const tiff = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .tiff()
    .toBuffer();
  const jpeg = await aPhoto();
  const svgInJpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), svg]);
  const cutOff = jpeg.subarray(0, Math.floor(jpeg.length / 2));
  for (const bytes of [
    svg,
    gif,
    tiff,
    svgInJpeg,
    cutOff,
    Buffer.alloc(0),
    Buffer.from("%PDF-1.7"),
    Buffer.from([0xff, 0xd8, 0xff]),
  ])
    expect(await cleanPhoto(bytes)).toBeUndefined();
  for (const format of ["jpeg", "png", "webp"] as const)
    expect(
      await cleanPhoto(
        await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
          .toFormat(format)
          .toBuffer(),
      ),
    ).toBeDefined();
});

test("a small file that unfolds into a huge picture is refused before it is unfolded; a large one is drawn smaller", async () => {
  const bomb = await sharp({
    create: { width: 16_000, height: 8_000, channels: 3, background: "white" },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect(bomb.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().rss;
  expect(await cleanPhoto(bomb)).toBeUndefined();
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  expect(await cleanPhoto(Buffer.concat([await aPhoto(), Buffer.alloc(11 * 1024 * 1024)]))).toBeUndefined();
  const large = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: "white" } })
    .jpeg()
    .toBuffer();
  expect(await sharp(await cleanPhoto(large)).metadata()).toMatchObject({ width: 1600, height: 1200 });
});

test("a file's name is its content: written once, and never handed out once it was changed on the disk", async () => {
  const folder = aFolder("files");
  const files = makeFilePort({ FILES_DIR: folder });
  const { sha256 } = await files.put(Buffer.from("evidence"));
  const place = path.join(folder, sha256.slice(0, 2), sha256);
  const { mtimeMs } = statSync(place);
  await Promise.all(Array.from({ length: 5 }, () => files.put(Buffer.from("evidence"))));
  expect(statSync(place).mtimeMs).toBe(mtimeMs);
  expect(readdirSync(path.dirname(place))).toEqual([sha256]);
  expect(Buffer.from((await files.get(sha256)) ?? []).toString()).toBe("evidence");
  writeFileSync(place, "forged");
  expect(await files.get(sha256)).toBeUndefined();
  for (const name of ["../../etc/passwd", "", sha256.toUpperCase(), `${sha256}/..`])
    expect(await files.get(name)).toBeUndefined();
});

test("a photo proves a handover; it lies sealed on the disk, private until another person of the city passed it to its donors", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const elsewhere = await aTeam(world, GUZHEN);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  const { fileId } = await keepPhoto(courier, {
    deliveryId: out.deliveryId,
    purpose: "handover_photo",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  const [kept] = await db.select().from(storedFiles).where(eq(storedFiles.id, fileId));
  const onDisk = readFileSync(
    path.join(world.filesFolder, kept?.sha256.slice(0, 2) ?? "", kept?.sha256 ?? ""),
  );
  expect(onDisk.subarray(0, 3).toString()).toBe("v1:");
  await confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "photo", fileId }));

  for (const person of [team.courier, team.colleague, team.reviewer, team.operator])
    expect((await readFile(world.as(person), fileId)).mediaType).toBe("image/jpeg");
  for (const person of [out.donor, await aDonor(world), team.storekeeper, elsewhere.caseworker])
    await expect(readFile(world.as(person), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    decidePhoto(world.as(team.colleague), out.deliveryId, { decision: "pass" }),
  ).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  await decidePhoto(world.as(team.operator), out.deliveryId, { decision: "pass" });
  await expect(
    decidePhoto(world.as(team.secondOperator), out.deliveryId, { decision: "keep" }),
  ).rejects.toMatchObject({ code: "WRONG_STATE" });
  expect((await sharp((await readFile(world.as(out.donor), fileId)).bytes).metadata()).format).toBe("jpeg");
  await expect(readFile(world.as(await aDonor(world)), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await runChecks(db)).flatMap((check) => check.wrong)).toEqual([]);
});

test("a photo that is kept private stays hidden from its donors", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const { fileId } = await keepPhoto(world.as(team.courier), {
    deliveryId: out.deliveryId,
    purpose: "handover_photo",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await confirmHandover(world.as(team.courier), out.deliveryId, aHandover(world, { proof: "photo", fileId }));
  await decidePhoto(world.as(team.operator), out.deliveryId, { decision: "keep" });
  await expect(readFile(world.as(out.donor), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a photo proves only the delivery, the purpose and the person it was taken for, and only once", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const mine = await aParcelOut(world, team);
  const other = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  const { fileId } = await keepPhoto(courier, {
    deliveryId: other.deliveryId,
    purpose: "handover_photo",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await expect(
    confirmHandover(courier, mine.deliveryId, aHandover(world, { proof: "photo", fileId })),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
  await expect(
    confirmHandover(courier, mine.deliveryId, aHandover(world, { proof: "photo" })),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
  await expect(
    confirmHandover(
      courier,
      mine.deliveryId,
      aHandover(world, { proof: "photo", fileId: world.system.newId() }),
    ),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
  await confirmHandover(courier, other.deliveryId, aHandover(world, { proof: "photo", fileId }));
  await expect(
    keepPhoto(courier, {
      deliveryId: other.deliveryId,
      purpose: "handover_photo",
      bytes: await aPhoto(),
      requestKey: world.system.newId(),
    }),
  ).rejects.toMatchObject({
    code: "WRONG_STATE",
  });
  for (const person of [team.colleague, team.operator, mine.donor])
    await expect(
      keepPhoto(world.as(person), {
        deliveryId: mine.deliveryId,
        purpose: "handover_photo",
        bytes: await aPhoto(),
        requestKey: world.system.newId(),
      }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    keepPhoto(courier, {
      deliveryId: mine.deliveryId,
      purpose: "handover_photo",
      bytes: Buffer.from("<svg/>"),
      requestKey: world.system.newId(),
    }),
  ).rejects.toMatchObject({ code: "FILE_NOT_A_PHOTO" });
});

test("a group's handover is its signed list: counted, sealed, read only under a grant; one household has none", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const household = {
    townCode: "442000001",
    kind: "group",
    heads: 30,
    groupCode: "dibao",
    ageBand: "6_to_13",
    person: { name: "演示小学", phone: "19900001234", address: "演示路 2 号" },
  } as const;
  const out = await aParcelOut(world, team, { quantity: 8n, household });
  const courier = world.as(team.courier);
  const { fileId } = await keepPhoto(courier, {
    deliveryId: out.deliveryId,
    purpose: "signed_list",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await expect(
    confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "signed_list", fileId })),
  ).rejects.toMatchObject({ code: "PROOF_MISSING" });
  await confirmHandover(
    courier,
    out.deliveryId,
    aHandover(world, { proof: "signed_list", fileId, signedCount: 8n, receiver: "institution" }),
  );
  for (const person of [team.courier, team.colleague, team.operator, out.donor, team.storekeeper])
    await expect(readFile(world.as(person), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [need] = await db.select().from(needs).where(eq(needs.id, out.needId));
  await openRecord(world.as(team.colleague), { householdId: need?.householdId ?? "", reason: "complaint" });
  expect((await readFile(world.as(team.colleague), fileId)).mediaType).toBe("image/jpeg");
  world.clock.advance({ minutes: 16 });
  await expect(readFile(world.as(team.colleague), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });

  const single = await aParcelOut(world, team);
  const { fileId: listOfOne } = await keepPhoto(courier, {
    deliveryId: single.deliveryId,
    purpose: "signed_list",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await expect(
    confirmHandover(
      courier,
      single.deliveryId,
      aHandover(world, { proof: "signed_list", fileId: listOfOne, signedCount: 1n }),
    ),
  ).rejects.toMatchObject({
    code: "PROOF_MISSING",
  });
});

test("erasing a household makes its photos unreadable for good", async ({ db }) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const { fileId } = await keepPhoto(world.as(team.courier), {
    deliveryId: out.deliveryId,
    purpose: "handover_photo",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await confirmHandover(world.as(team.courier), out.deliveryId, aHandover(world, { proof: "photo", fileId }));
  await acknowledgeDelivery(world.as(team.colleague), out.deliveryId);
  await closeNeed(world.as(team.colleague), out.needId);
  await anErasure(world, out.needId);
  await expect(readFile(world.as(team.operator), fileId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a place for files that does not answer is said in words, and nothing is counted as handed over", async ({
  db,
}) => {
  const world = aWorld(db);
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const down = {
    put: () => Promise.reject(new FilesDown("down")),
    get: () => Promise.reject(new FilesDown("down")),
  };
  const courier = world.as(team.courier);
  const { ports } = courier;
  const photo = {
    deliveryId: out.deliveryId,
    purpose: "handover_photo" as const,
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  };
  const withoutFiles = { ...courier, ports: { ...ports, files: { ...ports.files, ...down } } };
  await expect(keepPhoto(withoutFiles, photo)).rejects.toMatchObject({ code: "FILES_DOWN" });
  expect(await db.select().from(storedFiles).where(eq(storedFiles.aboutId, out.deliveryId))).toEqual([]);
  const { fileId } = await keepPhoto(courier, photo);
  await expect(readFile(withoutFiles, fileId)).rejects.toMatchObject({ code: "FILES_DOWN" });
  expect((await readFile(courier, fileId)).mediaType).toBe("image/jpeg");
});
