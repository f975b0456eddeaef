import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCode } from "~/domain/kernel/codes";
import { plainCode, readCode } from "~/domain/kernel/typed/code";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const bytes = fc.uint8Array({ minLength: 6, maxLength: 6 });
const prefix = fc.constantFrom("W", "N", "G", "D", "L", "F", "H", "P", "Q", "R");

test("every code made is read back as itself, however it is spaced or cased", () => {
  fc.assert(
    fc.property(prefix, bytes, (kind, random) => {
      const code = makeCode(kind, random);
      expect(readCode(code)).toBe(code);
      expect(readCode(` ${code.slice(0, 4).toLowerCase()} - ${code.slice(4).toLowerCase()} `)).toBe(code);
    }),
  );
});

test("one wrong character is always noticed", () => {
  fc.assert(
    fc.property(prefix, bytes, fc.integer({ min: 1, max: 6 }), fc.constantFrom(...ALPHABET), (kind, random, at, wrong) => {
      const code = makeCode(kind, random);
      const mistyped = code.slice(0, at) + wrong + code.slice(at + 1);
      // 31 check characters for 32 letters: the first and the last letter of the alphabet weigh the same.
      const confusable = Math.abs(ALPHABET.indexOf(wrong) - ALPHABET.indexOf(code.charAt(at))) % 31 === 0;
      expect(readCode(mistyped) === mistyped).toBe(confusable);
    }),
  );
});

test("two neighbouring characters swapped are always noticed", () => {
  fc.assert(
    fc.property(prefix, bytes, fc.integer({ min: 1, max: 5 }), (kind, random, at) => {
      const code = makeCode(kind, random);
      const [a, b] = [code.charAt(at), code.charAt(at + 1)];
      const swapped = code.slice(0, at) + b + a + code.slice(at + 2);
      const confusable = Math.abs(ALPHABET.indexOf(a) - ALPHABET.indexOf(b)) % 31 === 0;
      expect(readCode(swapped) === swapped).toBe(confusable);
    }),
  );
});

test("what is no code reads as none", () => {
  for (const typed of ["", "W", "../../etc", "WWWWWWWWWWWW", "心心心心心心心心"]) expect(readCode(typed)).toBeUndefined();
});

test("width, case, blanks, hyphens of every make and invisible signs make no other code", () => {
  for (const typed of ["fp-0001", "FP-0001", "ｆｐ－０００１", "FP 0001", "fp\u20130001", "f\u200bp\u202d0001", " FP·0001 "]) expect(plainCode(typed)).toBe("FP0001");
});
