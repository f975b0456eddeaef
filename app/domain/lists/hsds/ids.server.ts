import { createHash } from "node:crypto";

/** Fixed for ever: whoever copied our records finds them again by the ids that it makes. */
const NAMESPACE = Buffer.from("8f2b1c64d0a94f5b9c3e7a6d51e0b2f4", "hex");

/** A UUIDv5 (RFC 9562) of a name of ours: the same name has the same id in every installation. */
export function uuid5(name: string): string {
  const hash = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The HSDS id of an item: its source's own, else made from our code. */
export const serviceIdOf = (item: Readonly<{ code: string; hsdsId: string | null }>): string =>
  item.hsdsId ?? uuid5(`service:${item.code}`);

export const organizationIdOf = (provider: string): string => uuid5(`organization:${provider}`);

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * Our code for an item that came with an id of its own: `HS` and eight letters of its hash, more of them
 * where those are taken.
 */
export function foreignCode(id: string, isTaken: (code: string) => boolean): string {
  const hash = [...createHash("sha256").update(id.toLowerCase()).digest()]
    .map((byte) => LETTERS[byte % 32])
    .join("");

  for (let length = 8; ; length += 1) {
    const code = `HS${hash.slice(0, length)}`;
    if (!isTaken(code) || length === hash.length) return code;
  }
}
