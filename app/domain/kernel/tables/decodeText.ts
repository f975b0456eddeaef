/**
 * How a text file may be written besides UTF-8: never taken unless somebody who can read it says that the
 * letters are right.
 */
export const OTHER_ENCODINGS = ["gb18030", "big5", "utf-16le", "utf-16be"] as const;
export type OtherEncoding = (typeof OTHER_ENCODINGS)[number];

/** Some of the text as it reads in one encoding: its first lines with letters that could be wrong. */
export type TextSample = Readonly<{ encoding: OtherEncoding; lines: readonly string[] }>;

export type Decoded =
  | Readonly<{ kind: "text"; text: string }>
  | Readonly<{ kind: "ask"; samples: readonly TextSample[] }>
  | Readonly<{ kind: "no_text" }>;

const SAMPLE_LINES = 6;
const SAMPLE_LENGTH = 160;
/** What a decoder puts in place of bytes that are no letter. */
export const BROKEN = "\uFFFD";

/**
 * The text of a file. UTF-8, or whatever the file's first bytes say, is taken as it is; a byte that is no
 * letter there becomes `BROKEN`, for the reader to name its row. Anything else is a question with samples,
 * until `confirmed` answers it.
 */
export function decodeText(bytes: Uint8Array, confirmed?: OtherEncoding): Decoded {
  if (confirmed !== undefined) return { kind: "text", text: loosely(bytes, confirmed) };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: "text", text: loosely(bytes, "utf-16le") };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: "text", text: loosely(bytes, "utf-16be") };
  const wide = looksWide(bytes);
  if (wide) return asked(bytes, [wide]);
  if (isBinary(bytes)) return { kind: "no_text" };
  const text = loosely(bytes, "utf-8");
  const broken = text.split(BROKEN).length - 1;
  // Text in another encoding gives next to no Chinese when read as UTF-8; a text with much of it is UTF-8
  // with a broken byte or two.
  if (broken === 0 || (text.match(/[\u4E00-\u9FFF]/g) ?? []).length > 4 * broken)
    return { kind: "text", text };
  const candidates = (["gb18030", "big5"] as const).filter((encoding) => isExactly(bytes, encoding));
  return asked(bytes, candidates.length > 0 ? candidates : ["gb18030"]);
}

const loosely = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

function isExactly(bytes: Uint8Array, encoding: OtherEncoding): boolean {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes) !== "";
  } catch {
    return false;
  }
}

const asked = (bytes: Uint8Array, encodings: readonly OtherEncoding[]): Decoded => ({
  kind: "ask",
  samples: encodings.map((encoding) => ({ encoding, lines: sampleOf(loosely(bytes, encoding)) })),
});

function sampleOf(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
  // eslint-disable-next-line no-control-regex -- what is no plain letter of a keyboard is what may be wrong
  const telling = lines.filter((line) => /[^\u0000-\u007F]/.test(line));
  return (telling.length > 0 ? telling : lines)
    .slice(0, SAMPLE_LINES)
    .map((line) => line.slice(0, SAMPLE_LENGTH));
}

/** UTF-16 that does not say so: every other byte of its commas and line ends is zero. */
function looksWide(bytes: Uint8Array): OtherEncoding | undefined {
  const zeros = [0, 0];
  const some = bytes.subarray(0, 4_096);
  for (const [index, byte] of some.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < some.length / 20 || Math.min(even, odd) > Math.max(even, odd) / 10)
    return undefined;
  return odd > even ? "utf-16le" : "utf-16be";
}

/**
 * Pictures, programs and the like hold what no text holds. One zero byte in a text is a broken letter, not a
 * picture.
 */
function isBinary(bytes: Uint8Array): boolean {
  const some = bytes.subarray(0, 4_096);
  return (
    some.filter((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d].includes(byte)).length >
    some.length / 20
  );
}
