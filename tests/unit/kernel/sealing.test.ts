import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import {
  keyedHash,
  newDataKey,
  readKeyring,
  seal,
  sealUnder,
  unseal,
  unsealUnder,
  unwrapDataKey,
} from "~/domain/kernel/sealing.server";

const key = () => randomBytes(32).toString("base64");
const aKeyring = (dataKeys = `k1:${key()}`) => readKeyring(dataKeys, key());

test("a sealed text shows nothing of itself and opens only in its own place", () => {
  const keys = aKeyring();
  const sealed = seal(keys, "donor_profile.real_name:1", "梁小敏");
  expect(sealed).not.toContain("梁");
  expect(unseal(keys, "donor_profile.real_name:1", sealed)).toBe("梁小敏");
  expect(() => unseal(keys, "donor_profile.real_name:2", sealed)).toThrow();
});

test("the same text seals differently each time, so equal values cannot be told from the table", () => {
  const keys = aKeyring();
  expect(seal(keys, "x", "同一句话")).not.toBe(seal(keys, "x", "同一句话"));
});

test("a changed, cut or foreign value fails closed", () => {
  const keys = aKeyring();
  const sealed = seal(keys, "x", "秘密");
  const flipped = sealed.slice(0, -2) + (sealed.endsWith("A") ? "BB" : "AA");
  for (const wrong of [flipped, sealed.slice(0, -8), "v1:k1:a:b", "", "秘密"])
    expect(() => unseal(keys, "x", wrong)).toThrow();
  expect(() => unseal(aKeyring(), "x", sealed)).toThrow();
});

test("after rotation old values still open and new ones use the new key; without the old key they do not", () => {
  const old = `old:${key()}`;
  const hash = key();
  const sealed = seal(readKeyring(old, hash), "x", "旧");
  const rotated = readKeyring(`new:${key()},${old}`, hash);
  expect(unseal(rotated, "x", sealed)).toBe("旧");
  expect(seal(rotated, "x", "新").split(":")[1]).toBe("new");
  expect(() => unseal(readKeyring(`new:${key()}`, hash), "x", sealed)).toThrow("no master key");
});

test("a household's key opens its own data and nobody else's; unwrapped under another household it fails", () => {
  const keys = aKeyring();
  const one = newDataKey(keys, "h1");
  const two = newDataKey(keys, "h2");
  const sealed = sealUnder(one.dataKey, "household.contact:h1", "长堤路 8 号");
  expect(unsealUnder(unwrapDataKey(keys, "h1", one.wrapped), "household.contact:h1", sealed)).toBe(
    "长堤路 8 号",
  );
  expect(() => unsealUnder(two.dataKey, "household.contact:h1", sealed)).toThrow();
  expect(() => unwrapDataKey(keys, "h2", one.wrapped)).toThrow();
});

test("hashes of one value for two purposes cannot be joined", () => {
  const keys = aKeyring();
  expect(keyedHash(keys, "phone", "13800000000")).toBe(keyedHash(keys, "phone", "13800000000"));
  expect(keyedHash(keys, "phone", "13800000000")).not.toBe(keyedHash(keys, "id", "13800000000"));
});

test("keys of the wrong size are refused at the start, not at first use", () => {
  expect(() => readKeyring("k1:c2hvcnQ=", key())).toThrow("DATA_KEY");
  expect(() => readKeyring(`k1:${key()}`, "c2hvcnQ=")).toThrow("HASH_KEY");
});
