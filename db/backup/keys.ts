import { randomBytes } from "node:crypto";
import { BackupError, type Manifest } from "./manifest";

type Proof = Readonly<{ id: string; proof: string }>;

/**
 * Proofs of the keys in the settings under a salt: equal for equal keys, and of no use to whoever looks for
 * one.
 */
export type KeysOf = (salt: string) => Readonly<{ dataKeys: readonly Proof[]; hashKeys: readonly Proof[] }>;

/** What a manifest says of the keys that its backup is sealed under. */
export function keysNow(keysOf: KeysOf): NonNullable<Manifest["keys"]> {
  const salt = randomBytes(16).toString("base64url");
  const { dataKeys, hashKeys } = keysOf(salt);
  return { salt, dataKeys: [...dataKeys], hashKeys: [...hashKeys] };
}

/**
 * Every key that the backup was made with is among those of the settings, under the same name: else
 * somebody's data would lie there for ever unread, and it would show only when it is asked for. A backup that
 * says nothing of its keys is taken as it is.
 * @throws {BackupError} naming each key that is missing or another one
 */
export function requireItsKeys({ keys }: Manifest, keysOf: KeysOf, folder: string): void {
  if (keys === undefined) return;
  const ours = keysOf(keys.salt);
  const problems = [
    ...notOurs("DATA_KEY", keys.dataKeys, ours.dataKeys),
    ...notOurs("HASH_KEY", keys.hashKeys, ours.hashKeys),
  ];
  if (problems.length > 0) throw new BackupError(OTHER_KEYS(folder, problems));
}

/**
 * Which keys of a backup a setting has not, or has others for. The key without an id is the one of before
 * there were several.
 */
function notOurs(setting: string, wanted: readonly Proof[], ours: readonly Proof[]): string[] {
  const known = new Map(ours.map(({ id, proof }) => [id, proof]));
  const missing = wanted
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => `${setting} has no key ${id === "" ? "without an id" : `"${id}"`}`);
  const others = wanted
    .filter(({ id, proof }) => known.has(id) && known.get(id) !== proof)
    .map(({ id }) => (id === "" ? setting : `the key "${id}" of ${setting}`));
  return [...missing, ...others.map((which) => `${which} is another one`)];
}

const OTHER_KEYS = (folder: string, problems: readonly string[]): string =>
  `The backup in ${folder} was made with other keys than the settings name: ${problems.join("; ")}. What is sealed in it could not be read, and nobody would be found by name or phone. Nothing was changed. Put the keys of that time into the settings (older ones behind the newest); if they are lost for ever, npm run restore -- DIR without-keys brings back what is not sealed.`;
