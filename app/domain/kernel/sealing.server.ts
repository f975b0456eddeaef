import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The keys that personal data is sealed under: master keys by id (the newest seals, all open), and those of
 * hashes, newest first (the newest makes them, all find them). One key of hashes may be without an id: that
 * of an installation that never had another.
 */
export type Keyring = Readonly<{
  currentKeyId: string;
  masterKeys: ReadonlyMap<string, Buffer>;
  hashKeys: ReadonlyMap<string, Buffer>;
}>;

const FORMAT = "v1";

/**
 * AES-256-GCM. `place` (table, column, row id) is authenticated with the text, so a sealed value
 * moved to another row or column no longer opens.
 */
function encrypt(key: Buffer, keyId: string, place: string, plain: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(place, "utf8"));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [
    FORMAT,
    keyId,
    iv.toString("base64url"),
    body.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(":");
}

function decrypt(keyFor: (keyId: string) => Buffer, place: string, sealed: string): Buffer {
  const [format, keyId, iv, body, tag] = sealed.split(":");
  if (format !== FORMAT || keyId === undefined || iv === undefined || body === undefined || tag === undefined)
    throw new Error("sealed value is malformed");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(keyId), Buffer.from(iv, "base64url")).setAAD(
    Buffer.from(place, "utf8"),
  );
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]);
}

function masterKey(keys: Keyring, keyId: string): Buffer {
  const key = keys.masterKeys.get(keyId);
  if (!key) throw new Error(`no master key with id ${keyId}`);
  return key;
}

/**
 * Seals a text under the city's master key: donors' names and phones, and anything that belongs to no
 * household.
 */
export const seal = (keys: Keyring, place: string, plain: string): string =>
  encrypt(masterKey(keys, keys.currentKeyId), keys.currentKeyId, place, Buffer.from(plain, "utf8"));

/**
 * Opens what `seal` closed. @throws when the key is missing or the value was moved or changed: fails closed
 */
export const unseal = (keys: Keyring, place: string, sealed: string): string =>
  decrypt((keyId) => masterKey(keys, keyId), place, sealed).toString("utf8");

/** Under which key a value is sealed: a master key's id, or a household's own. */
const keyIdOf = (sealed: string): string => sealed.split(":")[1] ?? "";

/**
 * A value sealed anew, under the newest master key; undefined for one that is so already, and for one under a
 * household's own key, whose wrapped form is sealed anew instead.
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

/**
 * A household's own data key, in the clear only within the process. Destroying its wrapped form erases the
 * household.
 */
export type DataKey = Readonly<{ key: Buffer; keyId: string }>;

/** Makes a household's data key and its wrapped form to store. */
export function newDataKey(keys: Keyring, householdId: string): { dataKey: DataKey; wrapped: string } {
  const dataKey = { key: randomBytes(32), keyId: HOUSEHOLDS_OWN };
  return { dataKey, wrapped: wrapDataKey(keys, householdId, dataKey) };
}

/** The form in which a household's data key is stored: opens for this household alone. */
export const wrapDataKey = (keys: Keyring, householdId: string, { key }: DataKey): string =>
  encrypt(masterKey(keys, keys.currentKeyId), keys.currentKeyId, dataKeyPlace(householdId), key);

export function unwrapDataKey(keys: Keyring, householdId: string, wrapped: string): DataKey {
  return {
    key: decrypt((keyId) => masterKey(keys, keyId), dataKeyPlace(householdId), wrapped),
    keyId: HOUSEHOLDS_OWN,
  };
}

export const sealUnder = (dataKey: DataKey, place: string, plain: string): string =>
  encrypt(dataKey.key, dataKey.keyId, place, Buffer.from(plain, "utf8"));

export const unsealUnder = (dataKey: DataKey, place: string, sealed: string): string =>
  decrypt(() => dataKey.key, place, sealed).toString("utf8");

const hashUnder = ([keyId, key]: readonly [string, Buffer], purpose: string, value: string): string => {
  const digest = createHmac("sha256", key).update(`${purpose}\0${value}`, "utf8").digest("base64url");
  return keyId === "" ? digest : `${keyId}:${digest}`;
};

/**
 * The hash of a value under each key that stands, newest first: by them a row is found, whenever it was
 * written. `purpose` keeps hashes of different uses apart.
 */
export const keyedHashes = (keys: Keyring, purpose: string, value: string): string[] =>
  [...keys.hashKeys].map((key) => hashUnder(key, purpose, value));

/**
 * The hash to keep of a value, so that equal ones are found without being read: under the newest key, whose
 * id stands before it.
 */
export const keyedHash = (keys: Keyring, purpose: string, value: string): string =>
  keyedHashes(keys, purpose, value)[0] ?? "";

/**
 * Whether a kept hash is of this value, as fast for a wrong one as for a right one. False as well when its
 * key stands no more.
 */
export function isHashOf(keys: Keyring, kept: string, purpose: string, value: string): boolean {
  const [one, among] = [
    Buffer.from(kept),
    keyedHashes(keys, purpose, value).map((hash) => Buffer.from(hash)),
  ];
  return among.map((other) => one.length === other.length && timingSafeEqual(one, other)).includes(true);
}

/** By which key a hash is made now. */
export const newestHashKey = (keys: Keyring): string => [...keys.hashKeys.keys()][0] ?? "";

/** The same keys with one key of hashes each, newest first: for hashes that are made of hashes. */
export const underEachHashKey = (keys: Keyring): Keyring[] =>
  [...keys.hashKeys].map((key) => ({ ...keys, hashKeys: new Map([key]) }));

/**
 * What shows that two hold the same keys, and says nothing of them: each with its id, made with a salt of its
 * own, so that two lists cannot be laid side by side.
 */
type KeyProof = Readonly<{ id: string; proof: string }>;
export type KeyProofs = Readonly<{ dataKeys: readonly KeyProof[]; hashKeys: readonly KeyProof[] }>;

/**
 * The proofs of these keys under a salt. A key is 256 random bits: whoever has the proof can only try them
 * all.
 */
export function keyProofs(keys: Keyring, salt: string): KeyProofs {
  const proofOf = (key: Buffer, purpose: string) =>
    createHmac("sha256", key).update(`hongxin key proof\0${purpose}\0${salt}`, "utf8").digest("base64url");
  const proofsOf = (some: ReadonlyMap<string, Buffer>, purpose: string) =>
    [...some].map(([id, key]) => ({ id, proof: proofOf(key, purpose) }));
  return { dataKeys: proofsOf(keys.masterKeys, "data"), hashKeys: proofsOf(keys.hashKeys, "hash") };
}

/**
 * Makes a keyring from settings: `id:base64key` pairs, newest first, separated by commas; of the keys of
 * hashes one may stand without an id.
 * @throws on a key that is not 32 bytes, or not at least so many where it makes hashes; on two with one id,
 *   or one key twice
 */
export function readKeyring(dataKeys: string, hashKeys: string): Keyring {
  const masterKeys = new Map<string, Buffer>();

  for (const pair of dataKeys.split(",")) {
    const [keyId, encoded] = pair.trim().split(":");
    const key = Buffer.from(encoded ?? "", "base64");
    if (!keyId || key.length !== 32)
      throw new Error("DATA_KEY must be id:base64 of 32 bytes, newest first, separated by commas");
    masterKeys.set(keyId, key);
  }

  const [currentKeyId] = masterKeys.keys();
  if (currentKeyId === undefined)
    throw new Error("DATA_KEY must be id:base64 of 32 bytes, newest first, separated by commas");
  return { currentKeyId, masterKeys, hashKeys: readHashKeys(hashKeys) };
}

const HASH_KEY = /^(?:(?<id>[\w-]{1,32}):)?(?<encoded>[\w+/-]+={0,2})$/;

function readHashKeys(setting: string): ReadonlyMap<string, Buffer> {
  const hashKeys = new Map<string, Buffer>();

  for (const one of setting.split(",")) {
    const { id = "", encoded = "" } = HASH_KEY.exec(one.trim())?.groups ?? {};
    const key = Buffer.from(encoded, "base64");
    if (key.length < 32)
      throw new Error(
        "HASH_KEY must be base64 of at least 32 bytes; of several, newest first and separated by commas, each but one is id:base64",
      );
    if (hashKeys.has(id))
      throw new Error(
        id === ""
          ? "HASH_KEY has two keys without an id: a new key needs one (id:base64)"
          : `HASH_KEY has two keys with the id "${id}"`,
      );
    if ([...hashKeys.values()].some((other) => other.equals(key)))
      throw new Error("HASH_KEY has the same key twice: a new key is another one");
    hashKeys.set(id, key);
  }

  return hashKeys;
}
