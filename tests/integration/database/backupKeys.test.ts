import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { expect } from "vitest";
import { runChecks } from "~/domain/checks.server";
import { keyProofs, readKeyring } from "~/domain/kernel/sealing.server";
import type { KeysOf } from "~db/backup/keys";
import { restoreBackup } from "~db/backup/restore";
import { aHouse, APP, bringBack, store, take, test, today } from "../../support/backups";
import { KEYS } from "../../support/world";

test("with other keys than it was made with a backup is refused in words before anything is touched; its manifest gives none of them away", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder, manifest } = await take(world, ownerUrl);
  const [, key = ""] = KEYS.DATA_KEY.split(":");
  const aKey = () => randomBytes(32).toString("base64");
  const keysWith = (dataKey: string, hashKey: string) => (salt: string) =>
    keyProofs(readKeyring(dataKey, hashKey), salt);
  const REFUSED: readonly (readonly [keys: KeysOf, says: RegExp])[] = [
    [keysWith(`test:${aKey()}`, KEYS.HASH_KEY), /the key "test" of DATA_KEY is another one\. /],
    [keysWith(`new:${aKey()}`, KEYS.HASH_KEY), /DATA_KEY has no key "test"\. /],
    [keysWith(`new:${key}`, KEYS.HASH_KEY), /DATA_KEY has no key "test"\. /],
    [keysWith(KEYS.DATA_KEY, aKey()), /: HASH_KEY is another one\. /],
    [
      keysWith(`test:${aKey()}`, aKey()),
      /"test" of DATA_KEY is another one; HASH_KEY is another one.*Nothing was changed.*without-keys/,
    ],
  ];
  const owner = postgres(elsewhere.ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  for (const [keys, says] of REFUSED) {
    await expect(bringBack(elsewhere, folder, keys)).rejects.toThrow(says);
    expect(await owner`select relname from pg_class where relnamespace = 'public'::regnamespace`).toEqual([]);
  }

  await owner.end();

  // Neither a key nor anything that is the same in two backups of it.
  const text = readFileSync(path.join(folder, "manifest.json"), "utf8");
  for (const secret of [key, KEYS.HASH_KEY]) {
    const bytes = Buffer.from(secret, "base64");
    for (const shape of [
      secret,
      bytes.toString("base64url"),
      bytes.toString("hex"),
      createHash("sha256").update(bytes).digest("hex"),
    ])
      expect(text).not.toContain(shape.slice(0, 12));
  }

  const again = await take(world, ownerUrl);
  expect(again.manifest.keys?.hashKeys[0]?.proof).not.toBe(manifest.keys?.hashKeys[0]?.proof);
  expect(again.manifest.keys?.dataKeys[0]?.proof).not.toBe(manifest.keys?.dataKeys[0]?.proof);

  // A newer key before those of the backup, as after a rotation: it goes.
  await bringBack(elsewhere, folder, keysWith(`new:${aKey()},${KEYS.DATA_KEY}`, KEYS.HASH_KEY));
});

const strangersKeys: KeysOf = (salt) =>
  keyProofs(
    readKeyring(`test:${randomBytes(32).toString("base64")}`, randomBytes(32).toString("base64")),
    salt,
  );

test("a backup whose keys are lost for ever comes back when somebody says so", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder } = await take(world, ownerUrl);
  await expect(bringBack(elsewhere, folder, strangersKeys)).rejects.toThrow(/other keys/);
  await restoreBackup(
    elsewhere.ownerUrl,
    APP,
    folder,
    uuidv7(),
    undefined,
    store(elsewhere.filesFolder),
    store,
  );
  expect((await runChecks(elsewhere.open().db)).flatMap(({ wrong }) => wrong)).toEqual([]);
});

test("a backup of a version that named no keys is taken as it is", async ({ db, ownerUrl, elsewhere }) => {
  const world = today(db);
  await aHouse(world);
  const { folder, manifest } = await take(world, ownerUrl);
  const { keys: _keys, ...before } = manifest;
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify(before));
  await bringBack(elsewhere, folder, strangersKeys);
});

test("each key of hashes is asked for by its id; a backup of before knows one, which has none", async ({
  db,
  ownerUrl,
  elsewhere,
}) => {
  const world = today(db);
  await aHouse(world);
  const { folder, manifest } = await take(world, ownerUrl);
  const file = path.join(folder, "manifest.json");
  const keysWith = (hashKeys: string) => (salt: string) =>
    keyProofs(readKeyring(KEYS.DATA_KEY, hashKeys), salt);
  const fresh = randomBytes(32).toString("base64");
  const other = randomBytes(32).toString("base64");
  const salt = manifest.keys?.salt ?? "";
  const made = (keys: Record<string, unknown>) => {
    writeFileSync(
      file,
      JSON.stringify({ ...manifest, keys: { salt, dataKeys: manifest.keys?.dataKeys, ...keys } }),
    );
  };

  made({ hashKeys: keysWith(`2026:${fresh},${KEYS.HASH_KEY}`)(salt).hashKeys });
  for (const [keys, says] of [
    [KEYS.HASH_KEY, /: HASH_KEY has no key "2026"\. /],
    [`2026:${fresh}`, /: HASH_KEY has no key without an id\. /],
    [`2026:${other},${KEYS.HASH_KEY}`, /: the key "2026" of HASH_KEY is another one\. /],
  ] as const)
    await expect(bringBack(elsewhere, folder, keysWith(keys)), keys).rejects.toThrow(says);

  made({ hashKey: manifest.keys?.hashKeys[0]?.proof });
  await expect(bringBack(elsewhere, folder, keysWith(other))).rejects.toThrow(/: HASH_KEY is another one\. /);
  await bringBack(elsewhere, folder, keysWith(`2026:${fresh},${KEYS.HASH_KEY}`));
});
