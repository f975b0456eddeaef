/** What a search reads of an item, folded by the app (NFKC, lower case, simplified). */
export type SearchDoc = Readonly<{
  code: string;
  name: string;
  /** Target group, content, category, provider, standard. */
  text: string;
  english: string;
  /** The name's sounds without tones, one syllable each. */
  syllables: readonly string[];
}>;

type Prepared = SearchDoc & Readonly<{ sounds: string; initials: string; starts: ReadonlySet<number> }>;
export type SearchIndex = readonly Prepared[];

/** Prepares items once; searching then only compares strings. */
export const indexOf = (docs: readonly SearchDoc[]): SearchIndex =>
  docs.map((doc) => {
    const starts = new Set<number>();
    let at = 0;

    for (const syllable of doc.syllables) {
      starts.add(at);
      at += syllable.length;
    }

    return {
      ...doc,
      sounds: doc.syllables.join(""),
      initials: doc.syllables.map((syllable) => syllable[0]).join(""),
      starts,
    };
  });

/**
 * A term as typed, its own sounds when it is Chinese (people pick a wrong character of the right sound), and
 * what else it may mean.
 */
export type SearchTerm = Readonly<{ text: string; sounds: string | undefined; also?: readonly SearchTerm[] }>;

const ENOUGH = 5;

/**
 * The items that fit every term, best first: the name before the text, what stands there before what only
 * sounds alike, and only where little is found, what differs by one character.
 * @returns codes
 */
export function searchItems(index: SearchIndex, terms: readonly SearchTerm[]): string[] {
  if (terms.length === 0) return [];
  const exact = rank(index, terms, exactScore);
  if (exact.length >= ENOUGH) return exact;
  return rank(index, terms, (doc, term) => Math.max(exactScore(doc, term), nearScore(doc, term)));
}

function rank(
  index: SearchIndex,
  terms: readonly SearchTerm[],
  score: (doc: Prepared, term: SearchTerm) => number,
): string[] {
  const found = index.flatMap((doc, order) => {
    const scores = terms.map((term) =>
      (term.also ?? []).reduce((best, other) => Math.max(best, score(doc, other)), score(doc, term)),
    );
    return scores.every((value) => value > 0)
      ? [{ code: doc.code, order, total: scores.reduce((sum, value) => sum + value, 0) }]
      : [];
  });
  return found.toSorted((a, b) => b.total - a.total || a.order - b.order).map(({ code }) => code);
}

const LATIN = /^[a-z0-9]+$/;

function exactScore(doc: Prepared, { text }: SearchTerm): number {
  if (doc.name.includes(text)) return doc.name.startsWith(text) ? 120 : 100;
  if (doc.text.includes(text)) return 60;
  if (!LATIN.test(text)) return 0;
  if (doc.english.startsWith(text)) return 90;
  if (doc.english.includes(` ${text}`)) return 80;
  if (text.length >= 2 && doc.initials.includes(text)) return doc.initials.startsWith(text) ? 75 : 65;
  return soundsLike(doc, text) ? 70 : 0;
}

/** Sounds are compared from the beginning of a syllable, so that "an" is not found in "zhuan". */
function soundsLike(doc: Prepared, sounds: string): boolean {
  if (sounds.length < 2) return false;
  for (let at = doc.sounds.indexOf(sounds); at >= 0; at = doc.sounds.indexOf(sounds, at + 1))
    if (doc.starts.has(at)) return true;
  return false;
}

/** The same sounds, or one character wrong, missing or too many. */
function nearScore(doc: Prepared, { text, sounds }: SearchTerm): number {
  if (sounds !== undefined && sounds.length >= 4 && soundsLike(doc, sounds)) return 50;
  const least = LATIN.test(text) ? 5 : 3;
  if (text.length < least) return 0;
  if (LATIN.test(text)) return holdsNearly(doc.english, text) || holdsNearly(doc.sounds, text) ? 20 : 0;
  if (holdsNearly(doc.name, text)) return 40;
  return holdsNearly(doc.text, text) ? 25 : 0;
}

/** Whether some stretch of the text is the term but for one character. */
export function holdsNearly(text: string, term: string): boolean {
  for (let at = 0; at < term.length; at += 1) {
    const before = term.slice(0, at);
    const after = term.slice(at + 1);
    if (
      holdsApart(text, before, after, 1) ||
      holdsApart(text, before, after, 0) ||
      (at > 0 && holdsApart(text, before, term.slice(at), 1))
    )
      return true;
  }

  return false;
}

/** Whether `before` stands in the text and `after` follows it with just so many characters between. */
function holdsApart(text: string, before: string, after: string, between: number): boolean {
  if (before === "" || after === "") return text.includes(before + after);
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1))
    if (text.startsWith(after, at + before.length + between)) return true;
  return false;
}
