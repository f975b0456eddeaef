import { foldedWord } from "~/domain/kernel/typed/signs";

/** What is guessed first everywhere, and what would be guessed first here. */
const COMMON = new Set(
  "12345678 123456789 1234567890 11111111 88888888 00000000 66666666 87654321 password password1 passw0rd qwertyui qwerty123 1q2w3e4r 1qaz2wsx abc12345 abcd1234 a1234567 aa123456 asdfghjkl iloveyou 5201314520 woaini1314 woaini520 admin123 letmein1 welcome1 sunshine princess football baseball superman trustno1 hongxin123 hongxin1 aixin123 aixin666 zhongshan1".split(
    " ",
  ),
);

/** Whether a password is among the first that somebody would try: common everywhere, one repeated sign, or made of the person's own words. */
export function isCommonPassword(password: string, ownWords: readonly string[]): boolean {
  const plain = foldedWord(password);
  const own = ownWords.flatMap((word) => foldedWord(word).split(/[@.\s]/)).filter((word) => word.length >= 4);
  return COMMON.has(plain) || /^(.)\1+$/.test(plain) || own.includes(plain);
}
