import path from "node:path";
import postgres from "postgres";
import sharp from "sharp";
import { uuidv7 } from "uuidv7";
import { inject } from "vitest";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { keepPhoto } from "~/domain/delivery/photos.server";
import { keyProofs, readKeyring } from "~/domain/kernel/sealing.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { drainOutbox } from "~/worker/drainOutbox.server";
import type { KeysOf } from "~db/backup/keys";
import { restoreBackup } from "~db/backup/restore";
import { takeBackup } from "~db/backup/take";
import { connect, type Connection } from "~db/client";
import { aHandover, aParcelOut } from "../factories/delivery";
import { aConfirmedGift } from "../factories/giving";
import { aPublishedWish } from "../factories/needs";
import { aDonor, aTeam } from "../factories/people";
import { test as base } from "./database";
import { aFolder } from "./folders";
import { aWorld, Clock, KEYS, type World } from "./world";

export const APP = "hongxin_app";
export const store = (folder: string) => makeFilePort({ FILES_DIR: folder });
export const inDatabase = (role: "ownerUrl" | "appUrl" | "superuserUrl", name: string) => {
  const url = new URL(inject(role));
  url.pathname = `/${name}`;
  return url.href;
};

export type Elsewhere = Readonly<{
  name: string;
  ownerUrl: string;
  appUrl: string;
  filesFolder: string;
  open: () => Connection;
}>;

/**
 * The test's own database as its owner reads it, and another one, empty, as somebody makes it who has lost
 * the first.
 */
export const test = base.extend<{ ownerUrl: string; elsewhere: Elsewhere }>({
  ownerUrl: async ({ databaseUrl }, use) => {
    await use(inDatabase("ownerUrl", new URL(databaseUrl).pathname.slice(1)));
  },
  elsewhere: async ({ databaseUrl }, use) => {
    const name = `${new URL(databaseUrl).pathname.slice(1)}_again`;
    const server = postgres(inject("superuserUrl"), {
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
    });
    await server.unsafe(`create database "${name}" owner ${new URL(inject("ownerUrl")).username}`);
    const opened: Connection[] = [];
    const open = () => {
      const connection = connect(inDatabase("appUrl", name), { max: 4 });
      opened.push(connection);
      return connection;
    };

    await use({
      name,
      ownerUrl: inDatabase("ownerUrl", name),
      appUrl: inDatabase("appUrl", name),
      filesFolder: aFolder("restored-files"),
      open,
    });
    for (const connection of opened) await connection.close();
    await server.unsafe(`drop database "${name}" with (force)`);
    await server.end();
  },
});

/** Today, since the database stamps by its own clock when it was restored. */
export const today = (connection: Connection["db"]) => aWorld(connection, { clock: new Clock(new Date()) });
export const keysOf = (salt: string) => keyProofs(readKeyring(KEYS.DATA_KEY, KEYS.HASH_KEY), salt);
export const take = (world: World, ownerUrl: string, folder = path.join(aFolder("backup"), "yesterday")) =>
  takeBackup(ownerUrl, folder, "0.0.0", keysOf, world.system.ports.files, store).then((manifest) => ({
    folder,
    manifest,
  }));
export const bringBack = (elsewhere: Elsewhere, folder: string, keys: KeysOf = keysOf) =>
  restoreBackup(elsewhere.ownerUrl, APP, folder, uuidv7(), keys, store(elsewhere.filesFolder), store);

export const drained = async (world: World) => {
  while ((await drainOutbox(world.system, 500)) > 0);
};

export const aPhoto = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: "#c33" } })
    .jpeg()
    .toBuffer();

/**
 * A house in which something of everything happened: a delivery with its sealed photo, letters that were
 * sent, two that wait.
 */
export async function aHouse(world: World) {
  const team = await aTeam(world);
  const out = await aParcelOut(world, team);
  const courier = world.as(team.courier);
  const { fileId } = await keepPhoto(courier, {
    deliveryId: out.deliveryId,
    purpose: "handover_photo",
    bytes: await aPhoto(),
    requestKey: world.system.newId(),
  });
  await confirmHandover(courier, out.deliveryId, aHandover(world, { proof: "photo", fileId }));
  const { line } = await aPublishedWish(world, team, { lines: [{ quantity: 6n }] });
  await drained(world);
  for (let count = 0; count < 2; count += 1) await aConfirmedGift(world, await aDonor(world), line.id);
  return { team, line };
}
