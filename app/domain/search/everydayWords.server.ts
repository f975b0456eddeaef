import { foldForSearch } from "~/domain/kernel/fold.server";
import { remembered } from "~/domain/kernel/remembered.server";
import { everydayWords } from "~db/schema/reference";

export type EverydayWord = Readonly<{ said: string; meant: string }>;

/** These words change with a version (`load`): a running process tells of a change so many seconds later. */
const REMEMBERED_SECONDS = 60;

/**
 * Words that people say for what lists and wishes call otherwise: 尿不湿 is 纸尿裤, 食堂 is 长者饭堂. Both
 * searches know them; some dozens.
 */
export const readEverydayWords = remembered(REMEMBERED_SECONDS, async (db): Promise<EverydayWord[]> => {
  const rows = await db.select({ said: everydayWords.said, meant: everydayWords.meant }).from(everydayWords);
  return rows.map(({ said, meant }) => ({ said: foldForSearch(said), meant: foldForSearch(meant) }));
});

const MOST = 8;

/** A word as typed and what may be meant by it, itself first. */
export function meaningsOf(typed: string, words: readonly EverydayWord[]): string[] {
  const meant = words
    .filter(({ said }) => typed.includes(said))
    .flatMap(({ said, meant }) => [typed.replace(said, meant), meant]);
  return [...new Set([typed, ...meant])].slice(0, MOST);
}
