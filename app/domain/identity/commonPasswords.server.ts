import { dictionary } from "@zxcvbn-ts/language-common";
import { foldedWord } from "~/domain/kernel/typed/signs";
import { syllablesOf } from "~/domain/search/syllables.server";

/** The commonest of the list, which are refused also with something put behind them ("monkey2024"). */
const COMMONEST = 10_000;
/** Shorter ones are beginnings of anything ("love is patient"). */
const SHORTEST_STEM = 4;
/**
 * A password of an own or a city's word and no more than this beside it, digits and marks not counted, is
 * made of it.
 */
const MOST_BESIDE = 2;

const listed: readonly string[] = dictionary["passwords-common"];

/** The list's own, and what would be guessed first here, which no list of the world has. */
const COMMON: ReadonlySet<string> = new Set([
  ...listed,
  ..."88888888 5201314520 woaini1314 woaini520 hongxin123 hongxin666 aixin123 aixin666 woaini wodemima mima1234 aixin123456 zhongshan1 zhongshan123 gongyi123".split(
    " ",
  ),
]);
const STEMS: ReadonlySet<string> = new Set(
  listed.slice(0, COMMONEST).filter((word) => word.length >= SHORTEST_STEM),
);
/** The portal's own words, in signs and in letters. */
const PORTALS = ["红心", "紅心", "微心愿", "hongxin", "weixinyuan", "redheart"];

/**
 * A name or an address as it can stand in a password: in its parts, without the digits behind, and, where it
 * is Chinese, as it sounds.
 */
const forms = (name: string): string[] =>
  foldedWord(name)
    .split("@")
    .flatMap((side) => {
      const parts = side.split(/[^\p{L}\p{N}]+/u);
      return [...parts, parts.join(""), syllablesOf(side).join("")];
    })
    .flatMap((part) => [part, part.replace(/\p{N}+$/u, "")])
    .filter((part) => part.length >= (/\p{Script=Han}/u.test(part) ? 2 : 4));

/**
 * Whether a password is among the first that somebody would try: in the list of the commonest (also with
 * digits and marks behind), one repeated sign, or made of the person's own words, the city's or the portal's
 * and little else. Width, case and unseen signs do not count.
 * @param words whose words it must not be made of: names, addresses, the city and its towns
 */
export function isCommonPassword(password: string, words: readonly string[]): boolean {
  const plain = foldedWord(password);
  const stem = plain.replace(/[^\p{L}]+$/u, "");
  if (COMMON.has(plain) || STEMS.has(stem) || /^(.)\1+$/u.test(plain)) return true;
  const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");
  const known = [...new Set([...PORTALS, ...words].flatMap(forms))].sort((a, b) => b.length - a.length);
  const letters = lettersOf(plain);
  const beside = known.reduce((rest, word) => rest.replaceAll(word, ""), letters);
  return beside !== letters && beside.replace(/\p{N}/gu, "").length <= MOST_BESIDE;
}
