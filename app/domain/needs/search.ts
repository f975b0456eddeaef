const HAN_RUN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
const TERM = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[a-z0-9]+/g;
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
const LETTERS_ONLY = /^[a-z]+$/;

/** The most terms of one question, and the most characters of one term that are looked for. */
const MOST_TERMS = 12;
const MOST_CHARACTERS = 40;
/** How many syllables of a title are kept together from each of its characters on. */
const SYLLABLES = 8;

/**
 * What tells the kinds of words in the index apart: sounds, first letters, and two characters with one
 * between.
 */
const SOUNDS = "~";
const INITIALS = "^";
const APART = "_";

/**
 * What a question may ask besides the words themselves; made by the caller, who knows sounds and everyday
 * words.
 */
type Knowledge = Readonly<{
  meaningsOf: (term: string) => readonly string[];
  syllablesOf: (han: string) => readonly string[];
  oneLetterApart: (word: string) => readonly string[];
}>;

/**
 * How the search index words its question for one term: `exact` is what stands there or sounds so, `near`
 * also what differs by one character.
 */
export type TermQuestion = Readonly<{ exact: string; near: string }>;

/** A question that all of these answer together. */
export const conjunction = (parts: readonly string[]): string => [...new Set(parts)].join(" & ");

const any = (parts: readonly string[]): string => {
  const alternatives = [...new Set(parts.filter((part) => part !== ""))];
  return alternatives.length > 1
    ? `(${alternatives.map((part) => (part.includes("&") ? `(${part})` : part)).join(" | ")})`
    : (alternatives[0] ?? "");
};

const word = (text: string): string => `'${text}'`;
const begins = (text: string): string => `'${text}':*`;

/**
 * The index's questions for the terms that somebody typed, already folded: every Chinese run by its
 * two-character grams, a single character as a prefix, Latin words by their beginning, by sounds and by first
 * letters, digits whole, each by any of its meanings. None when nothing searchable was typed. Of what was
 * typed only Chinese characters, letters and digits get in.
 */
export function termQuestions(folded: string, knowledge: Knowledge): TermQuestion[] {
  const terms = [...folded.matchAll(TERM)]
    .map(([term]) => Array.from(term).slice(0, MOST_CHARACTERS).join(""))
    .slice(0, MOST_TERMS);
  return terms.map((term) => {
    const exact = any(knowledge.meaningsOf(term).map(exactly));
    return { exact, near: any([exact, ...nearly(term, knowledge)]) };
  });
}

/** A text by all its runs, as they stand side by side. */
function exactly(text: string): string {
  return conjunction(
    [...text.matchAll(TERM)].flatMap(([term]) => (/^[a-z0-9]/.test(term) ? [latin(term)] : han(term))),
  );
}

function latin(term: string): string {
  if (!LETTERS_ONLY.test(term) || term.length < 2) return word(term);
  return any([
    begins(term),
    begins(INITIALS + term.slice(0, SYLLABLES)),
    ...(term.length >= 3 ? [begins(SOUNDS + term)] : []),
  ]);
}

function han(run: string): string[] {
  if (run.length === 1) return [begins(run)];
  return Array.from({ length: run.length - 1 }, (_, at) => word(run.slice(at, at + 2)));
}

function nearly(term: string, { syllablesOf, oneLetterApart }: Knowledge): string[] {
  if (LETTERS_ONLY.test(term))
    return term.length < 5 ? [] : oneLetterApart(term).map((spelled) => begins(SOUNDS + spelled));
  if (!HAN.test(term)) return [];
  const sounds = syllablesOf(term).slice(0, SYLLABLES).join("");
  return [
    ...(sounds.length >= 4 ? [begins(SOUNDS + sounds)] : []),
    ...(term.length >= 3 && term.length <= 10 ? oneCharacterApart(term) : []),
  ];
}

/** One character wrong, missing or too many, at each place of the term. */
function oneCharacterApart(term: string): string[] {
  const ways: string[] = [];
  const pair = (before: string, after: string) => word(before.slice(-1) + APART + after.slice(0, 1));
  const grams = (part: string) => (part.length >= 2 ? han(part) : []);

  for (let at = 0; at < term.length; at += 1) {
    const [before, after] = [term.slice(0, at), term.slice(at + 1)];
    ways.push(conjunction(han(before + after)));
    if (before !== "" && after !== "")
      ways.push(conjunction([...grams(before), pair(before, after), ...grams(after)]));
    if (before !== "")
      ways.push(conjunction([...grams(before), pair(before, term.slice(at)), ...grams(term.slice(at))]));
  }

  return ways;
}

/**
 * What the index keeps of a short public text (a title, a thing's name) besides its words: from each
 * character on the sounds and their first letters, and characters with one between. Folded text in; keys
 * separated by blanks.
 */
export function searchKeys(
  folded: readonly string[],
  syllablesOf: (han: string) => readonly string[],
): string {
  const keys = new Set<string>();

  for (const text of folded)
    for (const [run] of text.matchAll(HAN_RUN)) {
      const syllables = syllablesOf(run);

      for (let at = 0; at < run.length; at += 1) {
        const from = syllables.slice(at, at + SYLLABLES);
        if (from.length > 0)
          keys
            .add(SOUNDS + from.join(""))
            .add(INITIALS + from.map((syllable) => syllable.slice(0, 1)).join(""));
        if (at + 2 < run.length) keys.add(run.slice(at, at + 1) + APART + run.slice(at + 2, at + 3));
      }
    }

  return [...keys].join(" ");
}
