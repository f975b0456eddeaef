import { pinyin } from "pinyin-pro";

/** Chinese characters as their sounds without tones, one syllable each; what is no Chinese is left out. */
export const syllablesOf = (text: string): string[] =>
  pinyin(text, { toneType: "none", type: "array", v: true, nonZh: "removed" }).map((syllable) =>
    syllable.toLowerCase(),
  );

const SYLLABLE =
  "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i(?:ang|ong|ng|an|ao|n|a|e|u)?|u(?:ang|an|ai|ng|n|a|i|o|e)?|a(?:ng|n|i|o)?|e(?:ng|n|i|r)?|o(?:ng|u)?|v(?:e|n)?))";
const SPELLED = new RegExp(`^${SYLLABLE}+$`);
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const MOST = 150;

/**
 * What somebody may have meant who mistook one letter: one wrong, missing or too many, as far as it can be
 * spelled.
 */
export function oneLetterApart(word: string): string[] {
  const found = new Set<string>();

  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    found.add(before + after.slice(1));
    for (const letter of LETTERS) found.add(before + letter + after.slice(1)).add(before + letter + after);
  }

  found.delete(word);
  return [...found].filter((spelled) => SPELLED.test(spelled)).slice(0, MOST);
}
