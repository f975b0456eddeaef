import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCode } from "~/domain/kernel/codes";
import { codeIn, plainCode, readCode } from "~/domain/kernel/typed/code";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Of today's length, and of the first years'. */
const bytes = fc.oneof(...[8, 6].map((count) => fc.uint8Array({ minLength: count, maxLength: count })));
const codeOf = (kind: Parameters<typeof makeCode>[0], random: Uint8Array) => makeCode(kind, () => random);
const prefix = fc.constantFrom("W", "N", "G", "D", "L", "F", "H", "P", "Q", "R");

test("every code made is read back as itself, however it is spaced or cased", () => {
  fc.assert(
    fc.property(prefix, bytes, (kind, random) => {
      const code = codeOf(kind, random);
      expect(readCode(code)).toBe(code);
      expect(readCode(` ${code.slice(0, 4).toLowerCase()} - ${code.slice(4).toLowerCase()} `)).toBe(code);
    }),
  );
});

test("one wrong character is always noticed", () => {
  fc.assert(
    fc.property(
      prefix,
      bytes,
      fc.nat(),
      fc.constantFrom(...Array.from(ALPHABET)),
      (kind, random, any, wrong) => {
        const at = 1 + (any % random.length);
        const code = codeOf(kind, random);
        const mistyped = code.slice(0, at) + wrong + code.slice(at + 1);
        // 31 check characters for 32 letters: the first and the last letter of the alphabet weigh the same.
        const confusable = Math.abs(ALPHABET.indexOf(wrong) - ALPHABET.indexOf(code.charAt(at))) % 31 === 0;
        expect(readCode(mistyped) === mistyped).toBe(confusable);
      },
    ),
  );
});

test("two neighbouring characters swapped are always noticed", () => {
  fc.assert(
    fc.property(prefix, bytes, fc.nat(), (kind, random, any) => {
      const at = 1 + (any % (random.length - 1));
      const code = codeOf(kind, random);
      const [a, b] = [code.charAt(at), code.charAt(at + 1)];
      const swapped = code.slice(0, at) + b + a + code.slice(at + 2);
      const confusable = Math.abs(ALPHABET.indexOf(a) - ALPHABET.indexOf(b)) % 31 === 0;
      expect(readCode(swapped) === swapped).toBe(confusable);
    }),
  );
});

/** As it stands on labels that were printed before codes were lengthened. */
const FIRST = "W2KA9RZ7";

test("a code of the first years is one still, and a new one has room for a million millions of a kind", () => {
  expect(readCode("w2ka-9rz7")).toBe(FIRST);
  expect(makeCode("L", (count) => new Uint8Array(count).fill(31))).toHaveLength(10);
  expect(codeIn(`https://portal.example/d/${FIRST}?from=label`)).toBe(FIRST);
});

test("what is no code reads as none", () => {
  // Right but for its first letter, which names no kind of ours.
  for (const typed of [
    "",
    "W",
    "../../etc",
    "WWWWWWWWWWWW",
    "心心心心心心心心",
    "AAAAAAAA",
    "X0000002",
    `${FIRST}0`,
    FIRST.slice(0, -1),
  ])
    expect(readCode(typed)).toBeUndefined();
});

test("width, case, blanks, hyphens of every make and invisible signs make no other code", () => {
  for (const typed of [
    "fp-0001",
    "FP-0001",
    "ｆｐ－０００１",
    "FP 0001",
    "fp\u20130001",
    "f\u200bp\u202d0001",
    " FP·0001 ",
  ])
    expect(plainCode(typed)).toBe("FP0001");
});
