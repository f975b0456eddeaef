/** Letters and digits that nobody confuses on paper or on the phone (Crockford: no I, L, O, U). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/**
 * What a code names: a wish, a gift, a delivery, a lot, an offer, a household, a purchase, answers of the
 * finder, a referral, a call-back; N is on old papers.
 */
const KINDS = ["W", "N", "G", "D", "L", "F", "H", "P", "Q", "R", "C"] as const;
const RANDOM_LENGTH = 8;
/** Codes of the first years are shorter; they stand on labels and letters, and hold for ever. */
const FIRST_LENGTH = 6;

/**
 * Check character: weighted sum modulo 31 (a prime, so one wrong or two swapped characters are always
 * noticed).
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of Array.from(body).entries())
    sum += ALPHABET.indexOf(character) * (index + 2);
  return ALPHABET.charAt(sum % 31);
}

/**
 * A public code such as `W7K2QMX3C5`: a letter for the kind, eight random characters, one check character. It
 * names a thing and never authorises anything; 2^40 values for each kind, so one in a million is taken where
 * a million are: a transaction then repeats itself.
 */
export function makeCode(kind: (typeof KINDS)[number], randomBytes: (count: number) => Uint8Array): string {
  let body: string = kind;
  for (const byte of randomBytes(RANDOM_LENGTH)) body += ALPHABET.charAt(byte % 32);
  return body + checkCharacter(body);
}

/**
 * Whether this is a public code in its one form, of today's length or the first one, its check character
 * right.
 */
export function isCode(code: string): boolean {
  if (code.length !== RANDOM_LENGTH + 2 && code.length !== FIRST_LENGTH + 2) return false;
  const body = code.slice(0, -1);
  const [kind = "", ...random] = body;
  return (
    KINDS.some((known) => known === kind) &&
    random.every((character) => ALPHABET.includes(character)) &&
    checkCharacter(body) === code.at(-1)
  );
}
