import { isNameIn, ownOf } from "~/domain/kernel/own";
import { withoutMarks } from "~/domain/kernel/typed/signs";
import { simplified } from "~/domain/kernel/typed/simplified.server";

/**
 * One sign of a folded text and where it stands in the text as it was written. A number that was spelled out
 * is one sign of several digits.
 */
export type Sign = Readonly<{ sign: string; start: number; end: number }>;

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const BLANK = /^\s+$/;
const WORDS_ONLY = /^[\p{L}\p{N}]+$/u;

/**
 * A text as the search reads it (any width, any case, traditional or simplified), stricter where the search
 * is lenient: no marks above or through letters, no invisible signs, and every character simplified by itself
 * as well, so that no neighbour hides it. Each sign keeps its place in the original.
 */
export function foldedSigns(original: string): Sign[] {
  const signs: Sign[] = [];

  for (const cluster of original.matchAll(CLUSTER)) {
    for (const sign of withoutMarks(cluster[0]))
      signs.push({ sign, start: cluster.index, end: cluster.index + cluster[0].length });
  }

  // The converter replaces sign by sign, whatever phrase it goes by; should that ever change, each is
  // converted alone.
  const together = Array.from(simplified(textOf(signs)));
  return signs.map((sign, index) => ({
    ...sign,
    sign: alone(together.length === signs.length ? (together[index] ?? sign.sign) : sign.sign),
  }));
}

const known = new Map<string, string>();

/** One character simplified by itself. */
function alone(sign: string): string {
  const before = known.get(sign);
  if (before !== undefined) return before;
  const simple = simplified(sign);
  if (known.size < 30_000) known.set(sign, simple);
  return simple;
}

export const textOf = (signs: readonly Sign[]): string => signs.map(({ sign }) => sign).join("");

/**
 * Letters and digits alone: blanks, dots, dashes and everything else between them is no part of a word or a
 * number.
 */
export const wordsOnly = (signs: readonly Sign[]): Sign[] =>
  signs.filter(({ sign }) => WORDS_ONLY.test(sign));

export const withoutBlanks = (signs: readonly Sign[]): Sign[] =>
  signs.filter(({ sign }) => !BLANK.test(sign));

const DIGIT_SIGNS = "〇0○0零0一1幺1壹1二2贰2两2三3叁3四4肆4五5伍5六6陆6七7柒7八8捌8九9玖9洞0拐7勾9";
const DIGITS: ReadonlyMap<string, string> = new Map(
  Array.from({ length: DIGIT_SIGNS.length / 2 }, (_, at) => [
    DIGIT_SIGNS[at * 2] ?? "",
    DIGIT_SIGNS[at * 2 + 1] ?? "",
  ]),
);
/** Numbered pictures that are digits to whoever reads them: ❶ to ❾ and their like. */
const DINGBATS = [0x2776, 0x2780, 0x278a];

/** The digit that a sign means, in any script; undefined where it is none. */
function digitOf(sign: string): string | undefined {
  if (/^\d$/.test(sign)) return sign;
  const chinese = DIGITS.get(sign);
  if (chinese !== undefined) return chinese;
  const point = sign.codePointAt(0) ?? 0;
  const first = DINGBATS.find((from) => point >= from && point < from + 9);
  if (first !== undefined) return String(point - first + 1);
  if (!/^\p{Nd}$/u.test(sign)) return undefined;
  // Decimal digits of a script stand in one row from its zero.
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

const LOOKALIKES: Readonly<Record<string, string>> = { o: "0", l: "1", i: "1" };
const LETTER = /^[a-z]$/;

/**
 * Every digit by itself, as numbers of phones are read out: 一三八, 幺 and 壹, digits of other scripts, and O
 * and l where they stand among digits.
 */
export function digitByDigit(signs: readonly Sign[]): Sign[] {
  const spelled = signs.map((sign) => ({ ...sign, sign: digitOf(sign.sign) ?? sign.sign }));
  const out: Sign[] = [];

  for (let at = 0; at < spelled.length;) {
    let to = at;
    while (to < spelled.length && /^[\doli]$/.test(spelled[to]?.sign ?? "")) to += 1;
    const run = spelled.slice(at, Math.max(to, at + 1));
    const isNumber =
      run.filter(({ sign }) => /^\d$/.test(sign)).length >= 3 &&
      !LETTER.test(spelled[to]?.sign ?? "") &&
      !LETTER.test(spelled[at - 1]?.sign ?? "");
    for (const sign of run)
      out.push(isNumber ? { ...sign, sign: ownOf(LOOKALIKES, sign.sign) ?? sign.sign } : sign);
    at = Math.max(to, at + 1);
  }

  return out;
}

const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };

/** Every number as a whole, as houses are numbered: 十二 is 12, 一百零五 is 105, 三零二 is 302. */
export function numbersAsDigits(signs: readonly Sign[]): Sign[] {
  const out: Sign[] = [];

  for (let at = 0; at < signs.length;) {
    let to = at;
    while (to < signs.length && isNumeral(signs[to]?.sign ?? "")) to += 1;
    const first = signs[at];
    if (first === undefined) break;
    if (to === at) out.push(first);
    else
      out.push({
        sign: valueOf(signs.slice(at, to)),
        start: first.start,
        end: signs[to - 1]?.end ?? first.end,
      });
    at = Math.max(to, at + 1);
  }

  return out;
}

const isNumeral = (sign: string): boolean => isNameIn(UNITS, sign) || digitOf(sign) !== undefined;

function valueOf(run: readonly Sign[]): string {
  if (run.every(({ sign }) => !isNameIn(UNITS, sign)))
    return run.map(({ sign }) => digitOf(sign) ?? "").join("");
  let total = 0;
  let digits = "";

  for (const { sign } of run) {
    const unit = ownOf(UNITS, sign);

    if (unit === undefined) digits += digitOf(sign) ?? "";
    else {
      total += (digits === "" ? 1 : parseInt(digits, 10)) * unit;
      digits = "";
    }
  }

  return String(total + (digits === "" ? 0 : parseInt(digits, 10)));
}

/** Where `part` stands among these signs, each time as it was written. */
export function quotesOf(original: string, signs: readonly Sign[], part: string): string[] {
  const text = textOf(signs);
  if (part === "" || !text.includes(part)) return [];
  const quotes: string[] = [];
  const at = placesOf(signs);
  for (let found = text.indexOf(part); found >= 0; found = text.indexOf(part, found + 1))
    quotes.push(quote(original, signs, at, found, part.length));
  return quotes;
}

/** What a pattern finds among these signs, each time as it was written. */
export function matchesOf(original: string, signs: readonly Sign[], pattern: RegExp): string[] {
  const at = placesOf(signs);
  return [...textOf(signs).matchAll(pattern)].map((match) =>
    quote(original, signs, at, match.index, match[0].length),
  );
}

/** For every unit of the joined text, which sign it belongs to. */
const placesOf = (signs: readonly Sign[]): number[] =>
  signs.flatMap(({ sign }, index) => Array.from({ length: sign.length }, () => index));

function quote(
  original: string,
  signs: readonly Sign[],
  at: readonly number[],
  from: number,
  length: number,
): string {
  const first = signs[at[from] ?? 0];
  const last = signs[at[from + Math.max(length, 1) - 1] ?? 0];
  return original.slice(first?.start ?? 0, last?.end ?? 0);
}
