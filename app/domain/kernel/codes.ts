/** Letters and digits that nobody confuses on paper or on the phone (Crockford: no I, L, O, U). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_LENGTH = 6;

/** Check character: weighted sum modulo 31 (a prime, so one wrong or two swapped characters are always noticed). */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].entries()) sum += ALPHABET.indexOf(character) * (index + 2);
  return ALPHABET.charAt(sum % 31);
}

/**
 * A public code such as `W7K2QMX3`: a letter for the kind, six random characters, one check character.
 * It names a thing and never authorises anything; 2^30 values for each kind, so inserting one may collide: a transaction then repeats itself.
 * @param randomBytes at least six bytes
 */
export function makeCode(prefix: "W" | "N" | "G" | "D" | "L" | "F" | "H" | "P" | "Q" | "R", randomBytes: Uint8Array): string {
  let body: string = prefix;
  for (const byte of randomBytes.slice(0, RANDOM_LENGTH)) body += ALPHABET.charAt(byte % 32);
  return body + checkCharacter(body);
}

/** Whether this is a public code in its one form, its check character right. */
export function isCode(code: string): boolean {
  if (code.length !== RANDOM_LENGTH + 2) return false;
  const body = code.slice(0, -1);
  return checkCharacter(body) === code.at(-1) && [...body].every((character) => ALPHABET.includes(character) || character === body[0]);
}
