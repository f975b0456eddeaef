/** Signs that never begin a line, and that never end one. */
const CLOSING = /^[，。、；：！？）》」』”’…·,.;:!?)%\]]/;
const OPENING = /[（《「『“‘([¥]$/;

/** What stays together on a line: a Latin word or number, else one sign with the closing ones after it. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const [piece] of text.matchAll(/[\p{Script=Latin}\p{N}\p{M}'’./:?=&@_-]+|\s+|./gsu)) {
    const before = pieces.at(-1);
    if (before !== undefined && before.trim() !== "" && (CLOSING.test(piece) || OPENING.test(before)))
      pieces[pieces.length - 1] = before + piece;
    else pieces.push(piece);
  }

  return pieces;
}

/** A piece that no line holds is cut where the line ends. */
function cutToFit(piece: string, most: number, widthOf: (text: string) => number): string[] {
  if (widthOf(piece) <= most) return [piece];
  const parts: string[] = [];
  let part = "";
  for (const letter of piece) {
    if (part !== "" && widthOf(part + letter) > most) {
      parts.push(part);
      part = "";
    }

    part += letter;
  }

  return [...parts, part];
}

const ELLIPSIS = "…";

function shortened(line: string, most: number, widthOf: (text: string) => number): string {
  let text = Array.from(line.trimEnd());
  while (text.length > 0 && widthOf(text.join("") + ELLIPSIS) > most) text = text.slice(0, -1);
  return text.join("").trimEnd() + ELLIPSIS;
}

/**
 * A text in lines of at most this width; where there are more than `lines` of them the last ends in three
 * dots. Chinese breaks between any two signs but not before what closes; Latin words stay whole.
 */
export function inLines(
  text: string,
  { most, lines, widthOf }: Readonly<{ most: number; lines: number; widthOf: (text: string) => number }>,
): string[] {
  const found: string[] = [];
  let line = "";
  for (const piece of piecesOf(text.trim()).flatMap((whole) => cutToFit(whole, most, widthOf))) {
    if (line !== "" && widthOf(line + piece.trimEnd()) > most) {
      found.push(line.trimEnd());
      line = "";
    }

    if (line !== "" || piece.trim() !== "") line += piece;
  }

  if (line.trim() !== "") found.push(line.trimEnd());
  if (found.length <= lines) return found;
  const last = found.slice(lines - 1).join("");
  return [...found.slice(0, lines - 1), shortened(last, most, widthOf)];
}

/** The same in as many lines, each about as long as the others: no word of a title stands alone. */
export function inEvenLines(text: string, asked: Parameters<typeof inLines>[1]): string[] {
  let even = inLines(text, asked);
  if (even.length < 2 || even.at(-1)?.endsWith(ELLIPSIS)) return even;
  for (let most = asked.most * 0.95; most > asked.most / 2; most *= 0.95) {
    const narrower = inLines(text, { ...asked, most, lines: even.length + 1 });
    if (narrower.length > even.length) break;
    even = narrower;
  }

  return even;
}
