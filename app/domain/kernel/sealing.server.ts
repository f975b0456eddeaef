import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

/** The keys that personal data is sealed under: master keys by id (the newest seals, all open) and the key of lookup hashes. */
export type Keyring = Readonly<{ currentKeyId: string; masterKeys: ReadonlyMap<string, Buffer>; hashKey: Buffer }>;

const FORMAT = "v1";

/**
 * AES-256-GCM. `place` (table, column, row id) is authenticated with the text, so a sealed value
 * moved to another row or column no longer opens.
 */
function encrypt(key: Buffer, keyId: string, place: string, plain: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(place, "utf8"));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [FORMAT, keyId, iv.toString("base64url"), body.toString("base64url"), cipher.getAuthTag().toString("base64url")].join(":");
}

function decrypt(keyFor: (keyId: string) => Buffer, place: string, sealed: string): Buffer {
  const [format, keyId, iv, body, tag] = sealed.split(":");
  if (format !== FORMAT || keyId === undefined || iv === undefined || body === undefined || tag === undefined) throw new Error("sealed value is malformed");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(keyId), Buffer.from(iv, "base64url")).setAAD(Buffer.from(place, "utf8"));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]);
}

function masterKey(keys: Keyring, keyId: string): Buffer {
  const key = keys.masterKeys.get(keyId);
  if (!key) throw new Error(`no master key with id ${keyId}`);
  return key;
}

/** Seals a text under the city's master key: donors' names and phones, and anything that belongs to no household. */
export const seal = (keys: Keyring, place: string, plain: string): string => encrypt(masterKey(keys, keys.currentKeyId), keys.currentKeyId, place, Buffer.from(plain, "utf8"));

/** Opens what `seal` closed. @throws when the key is missing or the value was moved or changed: fails closed */
export const unseal = (keys: Keyring, place: string, sealed: string): string => decrypt((keyId) => masterKey(keys, keyId), place, sealed).toString("utf8");

/** Under which key a value is sealed: a master key's id, or a household's own. */
const keyIdOf = (sealed: string): string => sealed.split(":")[1] ?? "";

/**
 * A value sealed anew, under the newest master key; undefined for one that is so already, and for one under a household's own key, whose
 * wrapped form is sealed anew instead.
 * @throws when its key is missing, or it does not belong to this place
 */
export function sealedAnew(keys: Keyring, place: string, sealed: string): string | undefined {
  if ([keys.currentKeyId, HOUSEHOLDS_OWN].includes(keyIdOf(sealed))) return undefined;
  const plain = decrypt((keyId) => masterKey(keys, keyId), place, sealed);
  return encrypt(masterKey(keys, keys.currentKeyId), keys.currentKeyId, place, plain);
}

/** Stands in a sealed value in place of a key's id. */
export const HOUSEHOLDS_OWN = "own";

/** Where a household's wrapped data key stands. */
export const dataKeyPlace = (householdId: string): string => `household.data_key:${householdId}`;

/** A household's own data key, in the clear only within the process. Destroying its wrapped form erases the household. */
export type DataKey = Readonly<{ key: Buffer; keyId: string }>;

/** Makes a household's data key and its wrapped form to store. */
export function newDataKey(keys: Keyring, householdId: string): { dataKey: DataKey; wrapped: string } {
  const key = randomBytes(32);
  const wrapped = encrypt(masterKey(keys, keys.currentKeyId), keys.currentKeyId, dataKeyPlace(householdId), key);
  return { dataKey: { key, keyId: HOUSEHOLDS_OWN }, wrapped };
}

export function unwrapDataKey(keys: Keyring, householdId: string, wrapped: string): DataKey {
  return { key: decrypt((keyId) => masterKey(keys, keyId), dataKeyPlace(householdId), wrapped), keyId: HOUSEHOLDS_OWN };
}

export const sealUnder = (dataKey: DataKey, place: string, plain: string): string => encrypt(dataKey.key, dataKey.keyId, place, Buffer.from(plain, "utf8"));

export const unsealUnder = (dataKey: DataKey, place: string, sealed: string): string => decrypt(() => dataKey.key, place, sealed).toString("utf8");

/** Keyed hash for finding equal values without reading them (duplicate search, tokens, secrets). `purpose` keeps hashes of different uses apart. */
export const keyedHash = (keys: Keyring, purpose: string, value: string): string => createHmac("sha256", keys.hashKey).update(`${purpose}\0${value}`, "utf8").digest("base64url");

/** What shows that two hold the same keys, and says nothing of them: each with its id, made with a salt of its own, so that two lists cannot be laid side by side. */
export type KeyProofs = Readonly<{ dataKeys: readonly Readonly<{ id: string; proof: string }>[]; hashKey: string }>;

/** The proofs of these keys under a salt. A key is 256 random bits: whoever has the proof can only try them all. */
export function keyProofs(keys: Keyring, salt: string): KeyProofs {
  const proofOf = (key: Buffer, purpose: string) => createHmac("sha256", key).update(`hongxin key proof\0${purpose}\0${salt}`, "utf8").digest("base64url");
  return { dataKeys: [...keys.masterKeys].map(([id, key]) => ({ id, proof: proofOf(key, "data") })), hashKey: proofOf(keys.hashKey, "hash") };
}

/** Makes a keyring from settings: `id:base64key` pairs, newest first, separated by commas. @throws on a key that is not 32 bytes */
export function readKeyring(dataKeys: string, hashKey: string): Keyring {
  const masterKeys = new Map<string, Buffer>();
  for (const pair of dataKeys.split(",")) {
    const [keyId, encoded] = pair.trim().split(":");
    const key = Buffer.from(encoded ?? "", "base64");
    if (!keyId || key.length !== 32) throw new Error("DATA_KEY must be id:base64 of 32 bytes, newest first, separated by commas");
    masterKeys.set(keyId, key);
  }
  const [currentKeyId] = masterKeys.keys();
  const hash = Buffer.from(hashKey, "base64");
  if (currentKeyId === undefined || hash.length < 32) throw new Error("HASH_KEY must be base64 of at least 32 bytes");
  return { currentKeyId, masterKeys, hashKey: hash };
}
