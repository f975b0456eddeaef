import type { Finding } from "./findings";
import { nameSyllablesOf, type Needle, needlesOf, type OwnRecord, sealedWords } from "./needles.server";
import { type Pattern, PATTERNS } from "./patterns";
import {
  digitByDigit,
  foldedSigns,
  matchesOf,
  numbersAsDigits,
  quotesOf,
  type Sign,
  textOf,
  withoutBlanks,
  wordsOnly,
} from "./signs.server";

const HAN = /^\p{Script=Han}$/u;

/** One text in every form in which something is looked for. */
function formsOf(original: string) {
  const text = foldedSigns(original);
  const words = wordsOnly(text);
  const spelled = digitByDigit(text);
  return {
    text,
    words,
    tight: withoutBlanks(text),
    numbers: numbersAsDigits(words),
    digits: spelled,
    digitsAlone: spelled.filter(({ sign }) => /^\d$/.test(sign)),
    sounds: soundsOf(words),
  };
}

type Forms = ReturnType<typeof formsOf>;

/** Chinese signs as their sounds, each between blanks; letters as they are. */
function soundsOf(words: readonly Sign[]): Sign[] {
  const out: Sign[] = [];

  for (let at = 0; at < words.length;) {
    let to = at;
    while (HAN.test(words[to]?.sign ?? "")) to += 1;
    const run = words.slice(at, to);
    const syllables = run.length === 0 ? [] : nameSyllablesOf(textOf(run));
    for (const [index, sign] of run.entries())
      out.push({
        ...sign,
        sign: `${index === 0 ? " " : ""}${syllables.length === run.length ? (syllables[index] ?? "") : sign.sign} `,
      });
    const letter = words[to];
    if (to === at && letter) out.push(letter);
    at = to === at ? at + 1 : to;
  }

  return out;
}

/**
 * Reads texts that are about to become public, each by itself, as the search reads them, so that whatever a
 * search would find of the household's record is found before. Found are: the record's values and the parts
 * by which somebody would be known, in any spelling; numbers, addresses of mail and accounts; forms of
 * address, schools, villages, illnesses. The chosen pseudonym may stand where it looks like a name, unless it
 * says something of the record. A detector helps the person who redacts and never replaces them.
 *
 * @param record the household's sealed values in the clear; undefined for a need of no household
 * @returns hard findings first, each quoted once as it was written
 */
export function publishGuard(
  texts: readonly string[],
  { pseudonym, record = {} }: { pseudonym?: string | undefined; record?: OwnRecord | undefined },
): Finding[] {
  const needles = needlesOf(record);
  const findings = pseudonym === undefined ? [] : pseudonymFindings(pseudonym, record, needles);
  const aside = pseudonym === undefined ? "" : textOf(wordsOnly(foldedSigns(pseudonym)));

  for (const original of texts) {
    const forms = formsOf(original);
    const ownName = aside === "" ? [] : quotesOf(original, forms.words, aside);
    const isPseudonym = (quote: string) => ownName.some((own) => own.includes(quote) || quote.includes(own));
    for (const needle of needles)
      for (const text of found(original, forms, needle))
        findings.push({ kind: "own_record", text, hard: needle.hard && !ownName.includes(text) });
    for (const pattern of PATTERNS) {
      const quotes = patternQuotes(original, forms, pattern);
      for (const text of quotes)
        if (pattern.kind !== "name_form" || !isPseudonym(text))
          findings.push({ kind: pattern.kind, text, hard: pattern.hard });
    }
  }

  const inOrder = findings.toSorted((one, other) => Number(other.hard) - Number(one.hard));
  return inOrder.filter(
    (finding, index) => inOrder.findIndex((known) => known.text === finding.text) === index,
  );
}

function found(original: string, forms: Forms, needle: Needle): string[] {
  const signs = needle.in === "digits" ? forms.digitsAlone : forms[needle.in];
  return matchesOf(original, signs, needle.pattern);
}

const patternQuotes = (original: string, forms: Forms, { in: form, pattern }: Pattern): string[] =>
  matchesOf(original, forms[form], pattern).map((text) => text.trim());

/**
 * A pseudonym hides nobody when it is a value of the record, holds one, is part of one, or is a number
 * itself.
 */
function pseudonymFindings(pseudonym: string, record: OwnRecord, needles: readonly Needle[]): Finding[] {
  const forms = formsOf(pseudonym);
  const plain = textOf(forms.words);
  if (plain === "") return [];
  const isSealed = sealedWords(record).some((value) => value.includes(plain) || plain.includes(value));
  if (isSealed) return [{ kind: "own_record", text: pseudonym.trim(), hard: true }];
  const own = needles.flatMap((needle) => found(pseudonym, forms, needle));
  const patterns = PATTERNS.filter((pattern) => pattern.kind !== "name_form").flatMap((pattern) =>
    patternQuotes(pseudonym, forms, pattern).map((text): Finding => ({
      kind: pattern.kind,
      text,
      hard: pattern.hard,
    })),
  );
  // The family's own surname, as in 李婆婆, is what people go by: it may stay if stood by.
  return [...own.map((text): Finding => ({ kind: "own_record", text, hard: false })), ...patterns];
}
