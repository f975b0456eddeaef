import { ownOf } from "../own";
import { folded } from "./signs";

/** Fewer digits than this are a room, an age or a word, never a number that somebody answers. */
const LEAST_DIGITS = 7;
/** The most digits of any number of the world (E.164). */
const MOST_DIGITS = 15;

const CHINESE_DIGITS: Readonly<Record<string, string>> = {
  〇: "0",
  零: "0",
  一: "1",
  幺: "1",
  二: "2",
  两: "2",
  三: "3",
  四: "4",
  五: "5",
  六: "6",
  七: "7",
  八: "8",
  九: "9",
};

/** Where one number ends and another, or an extension, begins. */
const NEXT = /[/\\、,;|]|\s或|转|轉|ext|#/iu;

const digitsOf = (text: string): string => text.replace(/\D/g, "");

/** The first of several numbers in one field, without its extension. */
function firstNumber(typed: string): string {
  const plain = folded(typed);
  const written = /\d/.test(plain)
    ? plain
    : plain.replace(/[〇零一幺二两三四五六七八九]/g, (digit) => ownOf(CHINESE_DIGITS, digit) ?? digit);
  return written.split(NEXT).find((part) => digitsOf(part).length >= LEAST_DIGITS) ?? written;
}

/**
 * The one form of a phone number by which two are compared: digits only, a mainland number without its
 * country code. So `138 0013 8000`, `１３８－００１３－８０００`, `+86 13800138000`, `0086-138…`, `86138…`
 * and `一三八零零…` are all `13800138000`; `+86 20 1234 5678` is `02012345678`, `(00)852 9876 5432` is
 * `85298765432`. Of several numbers in one field the first counts, without its extension. What was typed is
 * kept beside it: this form is for comparing and for hashes, not for showing.
 *
 * Undefined is "no phone": nothing typed, words (无, 没有, none), fewer than 7 digits, one digit all through
 * (00000000), more than 15 digits. Two people without a phone never have the same one. It never throws.
 */
export function canonicalPhone(typed: string | null | undefined): string | undefined {
  const first = firstNumber(typed ?? "");
  const isAbroad = /^[^\d+]*\+/.test(first) || /^\D*00[1-9]/.test(first);
  const digits = digitsOf(first).replace(isAbroad ? /^00/ : /^$/, "");
  const number = withinChina(digits, isAbroad);
  const isNumber = number.length >= LEAST_DIGITS && number.length <= MOST_DIGITS && !/^(\d)\1*$/.test(number);
  return isNumber ? number : undefined;
}

/** A mainland number as it is dialled within China; any other as it stands. */
function withinChina(digits: string, isAbroad: boolean): string {
  const mobile = /^(?:86|0)?(1[3-9]\d{9})$/.exec(digits) ?? /^860(1[3-9]\d{9})$/.exec(digits);
  if (mobile?.[1] !== undefined) return mobile[1];
  const landline = isAbroad ? /^860?([1-9]\d{8,10})$/.exec(digits) : /^86(0\d{9,11})$/.exec(digits);
  if (landline?.[1] === undefined) return digits;
  return `0${landline[1].replace(/^0/, "")}`;
}
