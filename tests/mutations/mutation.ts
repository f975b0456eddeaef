/**
 * One planted fault: the file, the text that stands there once, what a mistake would write instead, and the
 * test file that must then go red (or, of a long file, `only` the cases whose names match).
 */
export type Mutation = Readonly<{
  name: string;
  file: string;
  from: string;
  to: string;
  test: string;
  only?: string;
}>;

const CLOSERS = ")]}>";

/** A source without its layout, each character with its place: no blanks, no comma before a closer. */
function withoutLayout(source: string): { text: string; places: readonly number[] } {
  let text = "";
  const places: number[] = [];
  for (const [place, character] of Array.from(source, (each, index) => [index, each] as const)) {
    if (/\s/.test(character)) continue;
    if (CLOSERS.includes(character) && text.endsWith(",")) {
      text = text.slice(0, -1);
      places.pop();
    }

    text += character;
    places.push(place);
  }

  return { text, places };
}

/**
 * The source with a fault's text in the place of the right one, or undefined where the right one does not
 * stand there exactly once. However a formatter breaks a line, it is the same text.
 */
export function planted(source: string, { from, to }: Pick<Mutation, "from" | "to">): string | undefined {
  const { text, places } = withoutLayout(source);
  const wanted = withoutLayout(from).text;
  const at = text.indexOf(wanted);
  if (wanted === "" || at < 0 || text.indexOf(wanted, at + 1) >= 0) return undefined;
  return `${source.slice(0, places[at])}${to}${source.slice((places[at + wanted.length - 1] ?? 0) + 1)}`;
}
