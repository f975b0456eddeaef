import { createHash } from "node:crypto";
import { isCode, makeCode } from "~/domain/kernel/codes";

/** One copy of a part of the demo: its number, the number of its donor, and how many days it lies back. */
export type Copy = Readonly<{ number: number; donor: number; days: number }>;

/** What stands for something of the demo in one of its copies. */
export type Renewed = (copy: Copy) => string;

const DAY_MS = 86_400_000;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})([0-9a-f]{8})$/;
export const isId = (word: string): boolean => UUID.test(word);

/**
 * An id: its moment goes back with the copy, since ids are read in the order of time, and its last 32 random
 * bits tell the copies apart.
 */
export function renewedId(id: string): Renewed {
  const [, high = "", low = "", version = "", variant = "", middle = "", last = ""] = UUID.exec(id) ?? [];
  const [moment, random] = [parseInt(high + low, 16), parseInt(last, 16)];
  const fixed = `-${version}-${variant}-${middle}`;
  return ({ number, days }) => {
    const at = hex(version.startsWith("7") ? moment - days * DAY_MS : moment, 12);
    return `${at.slice(0, 8)}-${at.slice(8)}${fixed}${hex((random ^ number) >>> 0, 8)}`;
  };
}

const CODE_VALUES = 2 ** 40;
const COPIES = 2 ** 20;
/** Odd, so that numbers in a row become codes far apart, and no two the same. */
const APART = 5_851;

/** A public code of the same kind; `index` is the number of this code among all of the demo. */
function renewedCode(code: string, index: number): Renewed {
  const [kind] = code;
  return ({ number }) => {
    let rest = ((index * COPIES + number) * APART) % CODE_VALUES;
    const bytes = Uint8Array.from({ length: 8 }, () => {
      const byte = rest % 32;
      rest = Math.floor(rest / 32);
      return byte;
    });
    return makeCode(kind as Parameters<typeof makeCode>[0], () => bytes);
  };
}

/** A text that is there once: code, address, hash, or whatever another house names something by. */
export function renewedText(text: string, index: number): Renewed {
  if (isCode(text)) return renewedCode(text, index);
  if (text.includes("@")) return ({ number }) => `k${number}.${text}`;
  if (/^[\w-]{43}$/.test(text))
    return ({ number }) => createHash("sha256").update(`${text}${number}`).digest("base64url");
  return ({ number }) => `${text}K${number}`;
}

/** A moment or a day, so much earlier as the copy lies back. */
export function renewedMoment(text: string): Renewed {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const day = Date.parse(`${text}T00:00:00Z`);
    return ({ days }) => new Date(day - days * DAY_MS).toISOString().slice(0, 10);
  }

  const at = Date.parse(text.replace(" ", "T").replace(/\+00$/, "Z"));
  return Number.isNaN(at) ? () => text : ({ days }) => new Date(at - days * DAY_MS).toISOString();
}
