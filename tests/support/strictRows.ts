/** A strict reader of RFC 4180, as another program would be: refuses what is not exactly that. */
export function strictRows(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const cell = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell at ${at}`);
    rows.at(-1)?.push(found[1] === undefined ? found[0] : found[1].replaceAll('""', '"'));
    at = cell.lastIndex;
    if (text.startsWith("\r\n", at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    } else if (text[at] === ",") at += 1;
    else if (at < text.length)
      throw new Error(
        `neither a comma nor a line's end at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`,
      );
  }

  return rows;
}

/** Cells that some spreadsheet would run, in part or whole. */
export const runningCells = (rows: readonly (readonly string[])[]): string[] =>
  rows.flat().filter((cell) => /(^|[,;|\t\r\n]\s*)[=+@＝＋＠]/.test(cell));
